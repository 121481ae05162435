package com.linbox.journal;

import com.linbox.tracing.Span;
import com.linbox.tracing.SpanFact;
import com.linbox.tracing.SpanName;
import com.linbox.tracing.TraceContext;
import com.linbox.tracing.Tracing;
import java.util.ArrayList;
import java.util.List;

/** Records how long the batches took that traced requests were in; what comes of such a request belongs to that. */
final class TracedHandler implements BatchHandler {

    private final BatchHandler handler;
    private final Topic topic;
    private final Tracing tracing;

    TracedHandler(BatchHandler handler, Topic topic, Tracing tracing) {
        this.handler = handler;
        this.topic = topic;
        this.tracing = tracing;
    }

    @Override
    public void handle(List<JournalRecord> batch) {
        List<Span> spans = new ArrayList<>(0);
        List<JournalRecord> records = batch;
        for (int i = 0; i < batch.size(); i++) {
            JournalRecord record = batch.get(i);
            TraceContext trace = record.origin().trace();
            if (trace != null) {
                if (spans.isEmpty()) {
                    records = new ArrayList<>(batch);
                }
                Span span = begin(record, trace, batch.size());
                spans.add(span);
                records.set(i, record.at(span.context()));
            }
        }
        try {
            handler.handle(records);
        } catch (RuntimeException | Error e) {
            spans.forEach(span -> span.fail(e));
            throw e;
        }
        spans.forEach(Span::end);
    }

    private Span begin(JournalRecord record, TraceContext trace, int batchSize) {
        return tracing.follow(SpanName.HANDLE, trace)
                .with(SpanFact.TOPIC, topic.topicName())
                .with(SpanFact.PARTITION, record.source().partition())
                .with(SpanFact.OFFSET, record.source().offset())
                .with(SpanFact.BATCH_SIZE, batchSize);
    }

    @Override
    public void onReassigned() {
        handler.onReassigned();
    }

    @Override
    public void close() {
        handler.close();
    }
}
