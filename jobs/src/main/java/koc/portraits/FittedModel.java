package koc.portraits;

import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A model that was fitted today.
 *
 * @param row its row of portrait_models, written after all its other tables; empty when no user could be sampled
 */
record FittedModel(PortraitModel model, Optional<Row> row) {}
