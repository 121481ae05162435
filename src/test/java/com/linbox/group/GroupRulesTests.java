package com.linbox.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRulesTests {

    private static final long GROUP = 5001;
    private static final long OWNER = 1;
    private static final long ADMINISTRATOR = 2;
    private static final long MEMBER = 3;
    private static final long OTHER = 4;
    private static final long STRANGER = 9;

    private final GroupRules rules = new GroupRules(10);
    private GroupState state;

    GroupRulesTests() throws RequestRejectedException {
        GroupChange.Create create = new GroupChange.Create(
                "friends",
                OWNER,
                List.of(ADMINISTRATOR, MEMBER, OTHER, MEMBER, OWNER),
                Inviters.ADMINISTRATORS,
                HistoryAccess.JOINED);
        GroupUpdate made = rules.decide(null, GROUP, OWNER, false, create);
        state = new GroupState(made.group(), Members.none()).after(made, 1);
        carryOut(OWNER, new GroupChange.GiveRole(List.of(ADMINISTRATOR), Role.ADMINISTRATOR));
    }

    @Test
    void whoMakesAGroupOwnsItAndAllJoinWithItsFirstMessage() {
        assertThat(state.member(OWNER)).isEqualTo(new Member(OWNER, Role.OWNER, 0, 0));
        assertThat(state.member(MEMBER)).isEqualTo(new Member(MEMBER, Role.MEMBER, 0, 0));
        assertThat(state.members().size()).isEqualTo(4);
        assertThat(state.group().version()).isEqualTo(2);
    }

    @Test
    void aGroupIsMadeOnce() {
        refused(
                ErrorCode.CONFLICT,
                OWNER,
                new GroupChange.Create("", OWNER, List.of(), Inviters.MEMBERS, HistoryAccess.ALL));
    }

    // What each role may do: 1 the owner, 2 an administrator, 3 a member, 9 a stranger; the back end may do everything.
    @ParameterizedTest
    @CsvSource({
        "update,   1, true", "update,   2, true", "update,   3, false", "update,   9, false",
        "dissolve, 1, true", "dissolve, 2, false", "dissolve, 3, false", "dissolve, 9, false",
        "add,      1, true", "add,      2, true", "add,      3, false", "add,      9, false",
        "remove,   1, true", "remove,   2, true", "remove,   3, false", "remove,   9, false",
        "role,     1, true", "role,     2, false", "role,     3, false", "role,     9, false",
        "mute,     1, true", "mute,     2, true", "mute,     3, false", "mute,     9, false",
        "mute_all, 1, true", "mute_all, 2, true", "mute_all, 3, false", "mute_all, 9, false",
        "leave,    1, false", "leave,    2, true", "leave,    3, true", "leave,    9, false",
    })
    void whoMayDoWhat(String action, long actor, boolean allowed) throws RequestRejectedException {
        GroupChange change =
                switch (action) {
                    case "update" -> new GroupChange.Update("new name", null, null);
                    case "dissolve" -> new GroupChange.Dissolve();
                    case "add" -> new GroupChange.Add(List.of(7L));
                    case "remove" -> new GroupChange.Remove(List.of(OTHER));
                    case "role" -> new GroupChange.GiveRole(List.of(OTHER), Role.ADMINISTRATOR);
                    case "mute" -> new GroupChange.Mute(List.of(OTHER), 100);
                    case "mute_all" -> new GroupChange.MuteAll(100);
                    default -> new GroupChange.Leave();
                };
        if (allowed) {
            assertThat(rules.decide(state, GROUP, actor, false, change)).isNotNull();
        } else {
            ErrorCode code = actor == STRANGER
                    ? ErrorCode.NOT_MEMBER
                    : action.equals("leave") ? ErrorCode.CONFLICT : ErrorCode.NOT_ALLOWED;
            refused(code, actor, change);
        }
        if (!action.equals("leave")) {
            assertThat(rules.decide(state, GROUP, STRANGER, true, change)).isNotNull();
        }
    }

    @Test
    void everyMemberMayInviteWhereTheGroupSaysSo() throws RequestRejectedException {
        carryOut(OWNER, new GroupChange.Update(null, Inviters.MEMBERS, null));
        carryOut(MEMBER, new GroupChange.Add(List.of(7L, OTHER)));
        assertThat(state.member(7)).isEqualTo(new Member(7, Role.MEMBER, 3, 0));
        assertThat(state.member(OTHER)).isEqualTo(new Member(OTHER, Role.MEMBER, 0, 0));
    }

    @Test
    void nobodyOrdersTheirEqualsAbout() {
        refused(ErrorCode.NOT_ALLOWED, ADMINISTRATOR, new GroupChange.Remove(List.of(OWNER)));
        refused(ErrorCode.NOT_ALLOWED, ADMINISTRATOR, new GroupChange.Remove(List.of(ADMINISTRATOR)));
        refused(ErrorCode.NOT_ALLOWED, ADMINISTRATOR, new GroupChange.Mute(List.of(OWNER), 100));
    }

    @Test
    void theOwnerGoesOnlyAfterHandingOn() throws RequestRejectedException {
        refused(ErrorCode.CONFLICT, OWNER, new GroupChange.Leave());
        refused(ErrorCode.CONFLICT, OWNER, new GroupChange.GiveRole(List.of(OWNER), Role.MEMBER));
        refused(ErrorCode.INVALID_VALUE, OWNER, new GroupChange.GiveRole(List.of(MEMBER, OTHER), Role.OWNER));

        carryOut(OWNER, new GroupChange.GiveRole(List.of(MEMBER), Role.OWNER));

        assertThat(state.member(MEMBER).role()).isEqualTo(Role.OWNER);
        assertThat(state.member(OWNER).role()).isEqualTo(Role.ADMINISTRATOR);
        carryOut(OWNER, new GroupChange.Leave());
        assertThat(state.member(OWNER)).isNull();
    }

    @Test
    void whatChangesNothingIsNoChange() throws RequestRejectedException {
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.Add(List.of(MEMBER))))
                .isNull();
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.Remove(List.of(STRANGER))))
                .isNull();
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.Update("friends", null, null)))
                .isNull();
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.Mute(List.of(MEMBER), 0)))
                .isNull();
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.MuteAll(0)))
                .isNull();
        assertThat(rules.decide(state, GROUP, OWNER, false, new GroupChange.GiveRole(List.of(MEMBER), Role.MEMBER)))
                .isNull();
    }

    @Test
    void whoIsMutedMaySendAgainWhenTheTimeIsOver() throws RequestRejectedException {
        carryOut(OWNER, new GroupChange.Mute(List.of(MEMBER), 1_000));
        muted(MEMBER, 999);
        GroupRules.maySend(state, MEMBER, 1_000);
        GroupRules.maySend(state, OTHER, 0);

        carryOut(OWNER, new GroupChange.MuteAll(Long.MAX_VALUE));
        muted(OTHER, 1L << 60);
        GroupRules.maySend(state, ADMINISTRATOR, 0);
        GroupRules.maySend(state, OWNER, 0);
    }

    @Test
    void ofAGroupThatIsOverNobodyIsAMember() throws RequestRejectedException {
        carryOut(OWNER, new GroupChange.Dissolve());
        assertThat(state.member(OWNER)).isNull();
        refused(ErrorCode.NOT_MEMBER, OWNER, new GroupChange.Add(List.of(7L)));
        assertThatThrownBy(() -> GroupRules.maySend(state, OWNER, 0)).isInstanceOf(RequestRejectedException.class);
        assertThatThrownBy(() -> rules.decide(state, GROUP, OWNER, true, new GroupChange.Add(List.of(7L))))
                .isInstanceOfSatisfying(RequestRejectedException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.NO_SUCH_GROUP));
    }

    @Test
    void aGroupHasAsManyMembersAsItMayAndNoMore() throws RequestRejectedException {
        carryOut(
                OWNER,
                new GroupChange.Add(LongStream.rangeClosed(11, 16).boxed().toList()));
        assertThat(state.members().size()).isEqualTo(10);
        refused(ErrorCode.CONFLICT, OWNER, new GroupChange.Add(List.of(17L)));
    }

    private void carryOut(long actor, GroupChange change) throws RequestRejectedException {
        GroupUpdate update = rules.decide(state, GROUP, actor, false, change);
        state = state.after(update, state.group().version() + 1);
    }

    private void refused(ErrorCode code, long actor, GroupChange change) {
        assertThatThrownBy(() -> rules.decide(state, GROUP, actor, false, change))
                .isInstanceOfSatisfying(RequestRejectedException.class, e -> assertThat(e.code())
                        .isEqualTo(code));
    }

    private void muted(long user, long now) {
        assertThatThrownBy(() -> GroupRules.maySend(state, user, now))
                .isInstanceOfSatisfying(RequestRejectedException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.MUTED));
    }
}
