package io.millrace.nightly.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.Failure;
import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.reorder.Reorder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackStageTest {

    @TempDir
    private Path home;

    @Test
    void aStagingDatabaseThatIsDownCostsNoDecision() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        NightFixture shop = new NightFixture(home, "staging.database.url=jdbc:postgresql://localhost:" + free + "/erp");
        Night night = shop.night("2026-03-01");
        FeedbackStage feedback = new FeedbackStage();

        assertThat(feedback.heeds(night)).contains("did not manage");
        Stage.Refused refused = feedback.run(night).refused().orElseThrow();
        assertThat(refused.why().kind()).isEqualTo(Failure.Kind.OUTSIDE);
        assertThat(refused.tables()).as("what waits for them goes on").isEmpty();
        assertThat(new PublishStage(new Reorder()).stands(night, "staging.reorder_plan"))
                .as("what cannot be seen does not stand, so publishing is tried")
                .hasValue(-1);
        assertThat(night.hasSession()).isFalse();
    }

    @Test
    void whatWasNeverDecidedIsNotPublished() {
        Night night = new NightFixture(home).night("2026-03-01");
        assertThat(new PublishStage(new Reorder()).run(night).note())
                .isEqualTo("nothing is published: decide-reorder never ran for 2026-03-01");
        assertThat(night.hasSession()).isFalse();
    }
}
