package com.linbox.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembersTests {

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

        assertThat(all(members)).containsExactlyInAnyOrderElementsOf(given).isEqualTo(all(Members.of(given)));
        given.forEach(member -> assertThat(members.find(member.userId())).isEqualTo(member));
        assertThat(members.find(1001)).isNull();
        assertThat(new Members.Builder().build().size()).isZero();
    }

    @Test
    void comingAndGoingIsAsInAMap() {
        Random random = new Random(4);
        Map<Long, Member> expected = new HashMap<>();
        Members members = Members.none();
        for (int step = 0; step < 300; step++) {
            List<Member> put = new ArrayList<>();
            Set<Long> removed = new HashSet<>();
            for (int i = random.nextInt(10); i > 0; i--) {
                put.add(new Member(random.nextInt(200), Role.MEMBER, step, 0));
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                removed.add((long) random.nextInt(200));
            }
            expected.keySet().removeAll(removed);
            put.forEach(member -> expected.put(member.userId(), member));

            members = members.with(put, removed);

            assertThat(all(members)).containsExactlyInAnyOrderElementsOf(expected.values());
        }
    }

    @Test
    void aMembersChunkIsTheSameWhoeverElseComesOrGoes() {
        Members few = members(1, 1000);
        Members many = members(1, 5000).with(List.of(), List.of(17L, 18L));

        for (int chunk = 0; chunk < 8; chunk++) {
            Set<Long> ofMany = new HashSet<>();
            for (long id : many.chunk(chunk, 8, Long.MAX_VALUE)) {
                ofMany.add(id);
            }
            for (long id : few.chunk(chunk, 8, Long.MAX_VALUE)) {
                assertThat(ofMany.contains(id)).isEqualTo(id != 17 && id != 18);
            }
            assertThat(ofMany).hasSizeBetween(400, 850);
        }
    }

    @Test
    void theChunksTogetherAreAllWhoHadJoined() {
        Members members = members(1, 3000).with(List.of(new Member(9999, Role.MEMBER, 40, 0)), List.of());

        assertThat(inChunks(members, members.chunks(100), 41)).hasSize(3001).contains(9999L);
        assertThat(inChunks(members, members.chunks(100), 40)).hasSize(3000).doesNotContain(9999L);
        assertThat(inChunks(members, 1, 41)).hasSize(3001);
        assertThat(members.chunks(100)).isEqualTo(32);
        assertThat(Members.none().chunks(100)).isEqualTo(1);
    }

    @Test
    void pagesTogetherAreAllInOneOrder() {
        Members members = members(1, 250);
        List<Member> paged = new ArrayList<>();
        Long after = null;
        for (List<Member> page = members.page(after, 100); !page.isEmpty(); page = members.page(after, 100)) {
            paged.addAll(page);
            after = page.get(page.size() - 1).userId();
            // Who goes in the meantime leaves a place to go on from.
            members = members.with(List.of(), List.of(after));
        }

        assertThat(paged).hasSize(250).isEqualTo(all(members(1, 250)));
    }

    private static List<Long> inChunks(Members members, int chunks, long msgId) {
        List<Long> ids = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            for (long id : members.chunk(chunk, chunks, msgId)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static Members members(long first, long last) {
        List<Member> members = new ArrayList<>();
        for (long id = first; id <= last; id++) {
            members.add(new Member(id, Role.MEMBER, 0, 0));
        }
        return Members.of(members);
    }

    private static List<Member> all(Members members) {
        List<Member> all = new ArrayList<>();
        members.forEach(all::add);
        return all;
    }
}
