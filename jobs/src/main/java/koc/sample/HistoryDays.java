package koc.sample;

/** The days of history: which are on weekends, and on which the brand runs promotions. */
final class HistoryDays {
    private final boolean[] weekends;
    private final boolean[] promotions;

    HistoryDays(GeneratorOptions options) {
        weekends = new boolean[options.days()];
        promotions = new boolean[options.days()];
        for (int day = 0; day < options.days(); day++) {
            var date = options.startDate().plusDays(day);
            weekends[day] = date.getDayOfWeek().getValue() >= 6;
            int monthAndDay = date.getMonthValue() * 100 + date.getDayOfMonth();
            promotions[day] = monthAndDay == 308
                    || (monthAndDay >= 616 && monthAndDay <= 618)
                    || (monthAndDay >= 1109 && monthAndDay <= 1111)
                    || monthAndDay == 1212;
        }
    }

    boolean isWeekend(int day) {
        return weekends[day];
    }

    /** Whether the day is 8 March, 16 to 18 June, 9 to 11 November or 12 December. */
    boolean isPromotion(int day) {
        return promotions[day];
    }
}
