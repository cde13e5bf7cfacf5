package io.millrace.launcher.demo;

/**
 * What a customer wrote.
 *
 * @param minute minute of the day
 * @param rating 1 to 5, 0 where none was asked for
 * @param sentiment the truth: -1 negative, 0 mixed or neutral, 1 positive
 */
record Feedback(
        String id,
        int day,
        int minute,
        int customer,
        int product,
        String channel,
        int rating,
        String text,
        int sentiment) {}
