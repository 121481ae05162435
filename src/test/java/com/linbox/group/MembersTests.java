package com.linbox.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTests {

    @Test
    void whateverComesAndGoesTheMembersAreThoseOfAnOrdinaryMap() {
        Random random = new Random(5);
        Map<Long, Member> expected = new HashMap<>();
        Members members = Members.none();
        for (int step = 0; step < 300; step++) {
            List<Member> put = new ArrayList<>();
            List<Long> removed = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                long id = 1 + random.nextInt(500);
                if (random.nextBoolean()) {
                    put.add(new Member(id, Role.ofCode(random.nextInt(3)), random.nextInt(100), random.nextInt(2)));
                } else {
                    removed.add(id);
                }
            }
            removed.forEach(expected::remove);
            put.forEach(member -> expected.put(member.userId(), member));

            members = members.with(put, removed);

            List<Member> all = new ArrayList<>();
            members.forEach(all::add);
            assertThat(all).containsExactlyInAnyOrderElementsOf(expected.values());
            assertThat(members.size()).isEqualTo(expected.size());
            for (long id = 0; id <= 501; id++) {
                assertThat(members.find(id)).isEqualTo(expected.get(id));
                assertThat(members.contains(id)).isEqualTo(expected.containsKey(id));
            }
        }
    }

    @Test
    void membersComeInAnyOrderAndStandInTheirOwn() {
        Members.Builder builder = new Members.Builder();
        List<Member> given = new ArrayList<>();
        for (long i = 0; i < 1000; i++) {
            Member member = new Member(i * 7919 % 1000 + 1, Role.ofCode((int) i % 3), i, i * 2);
            given.add(member);
            builder.add(member.userId(), member.role(), member.sinceMsgId(), member.mutedUntil());
        }

        Members members = builder.build();

        List<Member> inOrder = new ArrayList<>();
        Members.of(given).forEach(inOrder::add);
        assertThat(members.page(null, 1_001)).isEqualTo(inOrder).containsExactlyInAnyOrderElementsOf(given);
        given.forEach(member -> assertThat(members.find(member.userId())).isEqualTo(member));
        assertThat(members.find(1001)).isNull();
        assertThat(new Members.Builder().build().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64, 1024})
    void chunksTogetherAreAllMembersAndEachIsInTheSameOneWhoeverElseIsThere(int chunks) {
        Members few = members(LongStream.rangeClosed(1, 300));
        Members many = members(LongStream.rangeClosed(1, 1_000));
        List<Long> all = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            List<Long> ofMany = boxed(many.chunk(chunk, chunks, 1));
            all.addAll(ofMany);
            assertThat(ofMany).containsAll(boxed(few.chunk(chunk, chunks, 1)));
        }
        assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void aChunkHoldsAboutAsManyAsAskedFor() {
        Members members = members(LongStream.rangeClosed(1, 100_000));
        int chunks = members.chunks(1_000);
        assertThat(chunks).isEqualTo(128);
        for (int chunk = 0; chunk < chunks; chunk++) {
            assertThat(members.chunk(chunk, chunks, 1)).hasSizeBetween(600, 1_000);
        }
        assertThat(Members.none().chunks(1_000)).isEqualTo(1);
        assertThat(members(LongStream.rangeClosed(1, 1_000)).chunks(1_000)).isEqualTo(1);
        assertThat(members(LongStream.rangeClosed(1, 1_001)).chunks(1_000)).isEqualTo(2);
    }

    @Test
    void aMessageFromBeforeSomebodysJoiningIsNotForThem() {
        Members members = Members.of(List.of(new Member(1, Role.MEMBER, 5, 0), new Member(2, Role.MEMBER, 4, 0)));
        assertThat(members.chunk(0, 1, 5)).containsExactly(2);
        assertThat(members.chunk(0, 1, 6)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aChunkThatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Members.none().chunk(0, 3, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Members.none().chunk(2, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Members.none().chunk(-1, 2, 1));
    }

    @Test
    void pagesTogetherAreAllMembersAlsoWhereTheLastOneHasGone() {
        Members members = members(LongStream.rangeClosed(1, 50));
        TreeSet<Long> seen = new TreeSet<>();
        Long after = null;
        List<Member> page;
        while (!(page = members.page(after, 7)).isEmpty()) {
            page.forEach(member -> assertThat(seen.add(member.userId())).isTrue());
            after = page.get(page.size() - 1).userId();
            if (members.contains(after)) {
                members = members.with(List.of(), List.of(after));
            }
        }
        assertThat(seen).hasSize(50);
    }

    private static Members members(LongStream ids) {
        return Members.of(ids.mapToObj(id -> Member.joining(id, Role.MEMBER)).toList());
    }

    private static List<Long> boxed(long[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }
}
