package io.millrace.nightly.ingest;

import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import java.util.List;

/** What a night takes in of a fixture's files, without a session. */
final class Taken {

    private Taken() {}

    static FileIntake intake(NightFixture shop, Night night) {
        return new FileIntake(
                night,
                "shop",
                shop.settings().sources().get("shop"),
                night.systems().get("shop"));
    }

    /** Accepts what is new, and notes it as landed. */
    static List<Intake.Accepted> land(NightFixture shop, String date) {
        Night night = shop.night(date);
        List<Intake.Accepted> accepted = intake(shop, night).accept();
        accepted.forEach(
                a -> night.ledger().record(a.extract().landed(a.extract().rowsDelivered())));
        return accepted;
    }
}
