package koc.portraits.fit;

import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A model that was fitted today.
 *
 * @param row its row of portrait_models, written after all its other tables; empty when no user could be sampled
 */
public record FittedModel(PortraitModel model, Optional<Row> row) {}
