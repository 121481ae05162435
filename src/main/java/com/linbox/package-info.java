/** LINBOX, a distributed instant-messaging server. */
@NullMarked
package com.linbox;

import org.jspecify.annotations.NullMarked;
