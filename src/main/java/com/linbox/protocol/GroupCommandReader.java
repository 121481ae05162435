package com.linbox.protocol;

import com.linbox.group.Group;
import com.linbox.group.GroupChange;
import com.linbox.group.HistoryAccess;
import com.linbox.group.Inviters;
import com.linbox.group.Role;
import com.linbox.message.ErrorCode;
import com.linbox.message.Ids;
import com.linbox.message.RequestRejectedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what is to be done to groups; whether it may be is for others to say. */
final class GroupCommandReader {

    /** How many users one change may be about. */
    static final int MAX_USERS = 1_000;

    private GroupCommandReader() {}

    static GroupChange read(GroupChangeRequest request, long userId) throws RequestRejectedException {
        String action = request.action();
        if (action == null || action.isEmpty()) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, "action: missing");
        }
        return switch (action) {
            case "create" -> create(request, userId);
            case "update" -> update(request);
            case "dissolve" -> new GroupChange.Dissolve();
            case "add" -> new GroupChange.Add(users(request));
            case "remove" -> new GroupChange.Remove(users(request));
            case "leave" -> new GroupChange.Leave();
            case "role" -> new GroupChange.GiveRole(users(request), Role.ofText(required("role", request.role())));
            case "mute" -> new GroupChange.Mute(users(request), Moments.read("until", request.until()));
            case "mute_all" -> new GroupChange.MuteAll(Moments.read("until", request.until()));
            default ->
                throw new RequestRejectedException(
                        ErrorCode.INVALID_VALUE,
                        "action: unknown (expected: create, update, dissolve, add, remove, leave, role, mute or mute_all)");
        };
    }

    private static GroupChange create(GroupChangeRequest request, long userId) throws RequestRejectedException {
        Inviters inviters = inviters(request);
        HistoryAccess history = history(request);
        List<Long> users = request.users() == null || request.users().isEmpty() ? List.of() : users(request);
        return new GroupChange.Create(
                request.name() == null ? "" : name(request.name()),
                userId,
                users,
                inviters == null ? Inviters.ADMINISTRATORS : inviters,
                history == null ? HistoryAccess.JOINED : history);
    }

    private static GroupChange update(GroupChangeRequest request) throws RequestRejectedException {
        Inviters inviters = inviters(request);
        HistoryAccess history = history(request);
        String name = request.name() == null ? null : name(request.name());
        if (name == null && inviters == null && history == null) {
            throw new RequestRejectedException(
                    ErrorCode.MISSING_FIELD, "name, invite, history: all missing (expected: one at least)");
        }
        return new GroupChange.Update(name, inviters, history);
    }

    private static @Nullable Inviters inviters(GroupChangeRequest request) throws RequestRejectedException {
        String invite = request.invite();
        return invite == null || invite.isEmpty() ? null : Inviters.ofText(invite);
    }

    private static @Nullable HistoryAccess history(GroupChangeRequest request) throws RequestRejectedException {
        String history = request.history();
        return history == null || history.isEmpty() ? null : HistoryAccess.ofText(history);
    }

    private static String name(String name) throws RequestRejectedException {
        if (name.length() > Group.MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE,
                    "name: " + name.length() + " characters (expected: at most " + Group.MAX_NAME
                            + ", none of them a control character)");
        }
        int half = Texts.halfSurrogatePair(name);
        if (half >= 0) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, "name: half a surrogate pair at character " + half);
        }
        return name;
    }

    private static List<Long> users(GroupChangeRequest request) throws RequestRejectedException {
        List<String> given = request.users();
        if (given == null || given.isEmpty()) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, "users: missing");
        }
        if (given.size() > MAX_USERS) {
            throw new RequestRejectedException(
                    ErrorCode.INVALID_VALUE, "users: " + given.size() + " (expected: at most " + MAX_USERS + ")");
        }
        Set<Long> users = new LinkedHashSet<>();
        for (String id : given) {
            users.add(Ids.parse("users", id));
        }
        return new ArrayList<>(users);
    }

    private static String required(String field, @Nullable String value) throws RequestRejectedException {
        if (value == null || value.isEmpty()) {
            throw new RequestRejectedException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
        return value;
    }
}
