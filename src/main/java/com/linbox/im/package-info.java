/** What the original LINBOX offered to back ends, kept as it was: {@code com.linbox.im.interfaces.IIMService}. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package com.linbox.im;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
