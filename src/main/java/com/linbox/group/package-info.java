/**
 * Groups: who belongs to one, who may do what there, and what a change comes to. Plain values and rules; only the ids of new
 * groups need Redis.
 *
 * <p>Starting points: {@link com.linbox.group.GroupChange} is what can be done, {@link com.linbox.group.GroupRules} decides
 * whether it may be and says what becomes of the {@link com.linbox.group.GroupState}, {@link com.linbox.group.Members} keeps
 * a hundred thousand members in small space.
 */
@ApplicationModule(allowedDependencies = {"message"})
@NullMarked
package com.linbox.group;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
