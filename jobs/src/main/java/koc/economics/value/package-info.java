/**
 * What is a user worth? Models of how often users buy, when they stop, and how much an order earns: BG/NBD for orders,
 * Gamma-Gamma for margin. They are fitted to grouped histories, so that their size does not grow with the number of
 * users. Tables in and out: none.
 */
@NullMarked
package koc.economics.value;

import org.jspecify.annotations.NullMarked;
