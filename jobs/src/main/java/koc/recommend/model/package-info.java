/** The buyer model and its parts: training data, trained weights, activity factors, item model and long tail. */
@NullMarked
package koc.recommend.model;

import org.jspecify.annotations.NullMarked;
