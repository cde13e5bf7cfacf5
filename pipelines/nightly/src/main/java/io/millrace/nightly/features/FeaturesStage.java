package io.millrace.nightly.features;

import io.millrace.features.FeatureView;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import java.util.List;

/** Materialises one feature view as of the business date, from what was known on that date. */
public final class FeaturesStage implements Stage {

    private final FeatureView view;

    public FeaturesStage(FeatureView view) {
        this.view = view;
    }

    @Override
    public String name() {
        return "features-" + view.name().replace('_', '-');
    }

    @Override
    public String about() {
        return "build " + view.table();
    }

    @Override
    public List<String> reads() {
        return view.tables();
    }

    @Override
    public List<String> writes() {
        return List.of(view.table());
    }

    @Override
    public String heeds(Night night) {
        return view.toString();
    }

    @Override
    public Outcome run(Night night) {
        night.features().materialise(view, night.date());
        long rows = night.lake().lastWrite(view.table());
        return Outcome.of(rows, rows, "");
    }
}
