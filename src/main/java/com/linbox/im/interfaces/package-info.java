/** The original's interface. Its names are part of what callers send, and must stay. */
@NamedInterface("interfaces")
@NullMarked
package com.linbox.im.interfaces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
