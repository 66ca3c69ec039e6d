package koc.clean;

import koc.config.Range;

/**
 * When a check of data_quality warns.
 *
 * @param warnRate fraction of failed rows above which a check warns
 * @param changeFactor a check warns when the rows since the previous run fail this many times as often as before
 * @param minChangeRate fraction of failed rows below which a change does not matter
 */
record QualitySettings(
        @Range(min = 0, max = 1) double warnRate,
        @Range(min = 1, max = 1000) double changeFactor,
        @Range(min = 0, max = 1) double minChangeRate) {}
