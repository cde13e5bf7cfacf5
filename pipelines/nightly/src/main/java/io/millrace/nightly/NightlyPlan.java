package io.millrace.nightly;

import io.millrace.contracts.ContractCatalog;
import io.millrace.features.FeatureViews;
import io.millrace.nightly.anomaly.Alerts;
import io.millrace.nightly.anomaly.Anomalies;
import io.millrace.nightly.campaign.Campaign;
import io.millrace.nightly.churn.Churn;
import io.millrace.nightly.decide.DecideStage;
import io.millrace.nightly.decide.Decision;
import io.millrace.nightly.demand.DemandForecast;
import io.millrace.nightly.features.FeaturesStage;
import io.millrace.nightly.ingest.IngestStage;
import io.millrace.nightly.maintain.MaintainStage;
import io.millrace.nightly.model.ScoredModel;
import io.millrace.nightly.model.TrainedModel;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.publish.FeedbackStage;
import io.millrace.nightly.publish.PublishStage;
import io.millrace.nightly.refine.RefineStage;
import io.millrace.nightly.reorder.Reorder;
import io.millrace.nightly.report.MoneySection;
import io.millrace.nightly.report.ReportStage;
import io.millrace.nightly.report.SafetySection;
import io.millrace.nightly.report.Section;
import io.millrace.nightly.report.TrendsSection;
import io.millrace.nightly.route.Routes;
import io.millrace.nightly.score.ScoreStage;
import io.millrace.nightly.segment.CustomerSegments;
import io.millrace.nightly.sentiment.Sentiment;
import io.millrace.nightly.train.TrainStage;
import io.millrace.nightly.value.CustomerValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The night. What each stage reads and writes makes the order, the dry run and the lineage. A model or a decision is a line here,
 * and has its stages from the life that all of them share.
 */
public final class NightlyPlan {

    private NightlyPlan() {}

    /**
     * Every stage of the night.
     *
     * @param confFolder folder whose {@code features} hold the user's own feature views
     * @throws io.millrace.contracts.Failure of kind CONFIGURATION if one of them has problems
     */
    public static List<Stage> stages(Path confFolder) {
        FeatureViews views = FeatureViews.load(ContractCatalog.load(), confFolder.resolve(FeatureViews.USERS));
        List<ScoredModel> models = List.of(
                new DemandForecast(),
                new Churn(views),
                new CustomerSegments(),
                new CustomerValue(),
                new Sentiment(),
                new Anomalies());

        List<Stage> stages = new ArrayList<>();
        stages.add(new IngestStage());
        stages.add(new FeedbackStage());
        stages.add(new RefineStage());
        views.all().forEach(view -> stages.add(new FeaturesStage(view)));
        for (ScoredModel model : models) {
            if (model instanceof TrainedModel trained) {
                stages.add(new TrainStage(trained));
            }
            stages.add(new ScoreStage(model));
        }
        for (Decision decision : decisions()) {
            stages.add(new DecideStage(decision));
            stages.add(new PublishStage(decision));
        }
        stages.add(MaintainStage.ofWhatIsDue());
        stages.add(new ReportStage(sections(models)));
        return stages;
    }

    /** What is decided every night. */
    public static List<Decision> decisions() {
        return List.of(new Reorder(), new Campaign(), new Routes(), new Alerts());
    }

    /** The page in the order of a morning: may I use it, what is to be done, what is it worth, and what does it rest on. */
    private static List<Section> sections(List<ScoredModel> models) {
        List<Section> sections = new ArrayList<>();
        sections.add(new SafetySection());
        decisions().forEach(decision -> decision.section().ifPresent(sections::add));
        sections.add(new MoneySection());
        models.forEach(model -> model.section().ifPresent(sections::add));
        sections.add(new TrendsSection());
        return sections;
    }
}
