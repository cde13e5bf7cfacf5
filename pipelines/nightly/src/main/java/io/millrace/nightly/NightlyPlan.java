package io.millrace.nightly;

import io.millrace.contracts.ContractCatalog;
import io.millrace.features.FeatureViews;
import io.millrace.nightly.decide.DecideCampaignStage;
import io.millrace.nightly.decide.DecideReorderStage;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.ingest.IngestStage;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.publish.FeedbackStage;
import io.millrace.nightly.publish.PublishStage;
import io.millrace.nightly.refine.RefineStage;
import io.millrace.nightly.score.ScoreChurnStage;
import io.millrace.nightly.score.ScoreDemandStage;
import io.millrace.nightly.train.TrainChurnStage;
import java.util.ArrayList;
import java.util.List;

/**
 * The night. The list names the stages; what each reads and writes makes the order, the dry run and the lineage.
 */
public final class NightlyPlan {

    private NightlyPlan() {}

    /** Every stage of the night, with one for each feature view. */
    public static List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        stages.add(new IngestStage());
        stages.add(new FeedbackStage());
        stages.add(new RefineStage());
        FeatureViews.load(ContractCatalog.load()).all().forEach(view -> stages.add(new FeaturesStage(view)));
        stages.add(new TrainChurnStage());
        stages.add(new ScoreChurnStage());
        stages.add(new ScoreDemandStage());
        stages.add(new DecideReorderStage());
        stages.add(new DecideCampaignStage());
        stages.add(new PublishStage());
        return stages;
    }
}
