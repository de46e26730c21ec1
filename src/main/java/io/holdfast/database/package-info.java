/** The way to PostgreSQL: the password, the migrations, the engine's data source. */
@NullMarked
@Feature(name = "database", open = true)
package io.holdfast.database;

import io.holdfast.kernel.Feature;
import org.jspecify.annotations.NullMarked;
