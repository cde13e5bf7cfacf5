package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CampaignsTest {

    @Test
    void propensitiesAreTheProbabilitiesOfWhatWasDone() {
        List<Map<String, String>> contacts = DemoFiles.table("campaign_contact.csv");
        // The mean of 1/p over draws from p is the number of actions: nine contacts and the control.
        double mean = contacts.stream()
                .mapToDouble(c -> 1 / Double.parseDouble(c.get("propensity")))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(10, within(0.8));
        assertThat(contacts.stream().map(c -> c.get("campaign_code")).distinct())
                .hasSize(8);
        assertThat(contacts)
                .filteredOn(c -> c.get("channel").equals("none"))
                .allMatch(c -> c.get("content") == null && c.get("cost").equals("0.0000"));
    }

    @Test
    void theTrueProbabilitiesArePlausibleForWhatHappened() {
        Map<String, String> responded = DemoFiles.table("campaign_contact.csv").stream()
                .collect(Collectors.toMap(
                        c -> c.get("campaign_code") + c.get("customer_code"), c -> c.get("responded")));
        List<Map<String, String>> truth = DemoFiles.truth("campaign_contact.csv");
        double expected = truth.stream()
                .mapToDouble(t -> Double.parseDouble(t.get("treated_probability")))
                .average()
                .orElseThrow();
        double seen = truth.stream()
                        .filter(t -> responded
                                .get(t.get("campaign_code") + t.get("customer_code"))
                                .equals("true"))
                        .count()
                / (double) truth.size();
        assertThat(seen).isCloseTo(expected, within(0.04));
        assertThat(truth)
                .filteredOn(t -> t.get("channel").equals("none"))
                .allMatch(t -> t.get("uplift").equals("0.000000"));
        assertThat(truth).anyMatch(t -> t.get("uplift").startsWith("-"));
    }

    @Test
    void nobodyWhoOptedOutIsInACampaign() {
        Set<String> optedOut = DemoFiles.table("customer.csv").stream()
                .filter(c -> c.get("is_opted_out").equals("true"))
                .map(c -> c.get("customer_code"))
                .collect(Collectors.toSet());
        assertThat(optedOut.size()).isBetween(20, 120);
        assertThat(DemoFiles.table("campaign_contact.csv")).noneMatch(c -> optedOut.contains(c.get("customer_code")));
    }
}
