package io.millrace.nightly.settings;

import io.millrace.contracts.Failure;
import io.millrace.contracts.yaml.Records.Optional;
import io.millrace.contracts.yaml.Secret;
import io.millrace.decisions.reorder.OrderCeilings;
import io.millrace.decisions.reorder.UnmetDemand;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.ServerSettings;
import io.millrace.nightly.database.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything that can be configured. The keys, their defaults and what they mean are in {@code conf/millrace.yaml}. */
public record Settings(
        Path home,
        long seed,
        @Optional Currency currency,
        LakeSettings lake,
        Map<String, Source> sources,
        Map<String, Map<String, List<String>>> precedence,
        Jdbc jdbc,
        Staging staging,
        Churn churn,
        Forecast forecast,
        Reorder reorder,
        Campaign campaign,
        Routes routes,
        Anomaly anomaly,
        Value value,
        Sentiment sentiment,
        Report report,
        ServerSettings sqlServer,
        Tell tell) {

    /** The same over a lake of its own below {@code folder}, which publishes nothing and tells nobody. */
    public Settings inScratch(Path folder) {
        return with(
                folder,
                lake.at(folder.resolve("lake").toString()),
                sources,
                precedence,
                new Staging(staging.schema(), null),
                report.at(folder.resolve("reports").toString()),
                new Tell(List.of(), null, tell.timeout(), tell.attempts()));
    }

    /** The same with sources and a staging schema at other addresses. */
    public Settings at(Map<String, Source> others, Staging elsewhere) {
        return with(home, lake, others, precedence, elsewhere, report, tell);
    }

    /**
     * The same where these tables may lose whatever a delivery no longer holds.
     *
     * @param tables as in {@code shop.product}
     * @throws Failure of kind USAGE if one is no table of a source
     */
    public Settings acceptingVolume(List<String> tables) {
        Map<String, Source> accepting = new LinkedHashMap<>(sources);
        for (String table : tables) {
            String[] parts = table.split("\\.", 2);
            if (parts.length < 2 || !sources.containsKey(parts[0])) {
                throw Failure.usage("--accept-volume takes SOURCE.TABLE of a source of %s, and not '%s'"
                        .formatted(sources.keySet(), table));
            }
            accepting.computeIfPresent(parts[0], (name, source) -> source.accepting(List.of(parts[1])));
        }
        return at(accepting, staging);
    }

    /**
     * The same in which the one source {@code name} delivers files below {@code folder/drop} to a lake of its own on this machine, which takes
     * whatever the source's volume is.
     *
     * @param name of a source that is configured
     */
    public Settings rehearsing(String name, Path folder, Collection<String> tables) {
        Source source = sources.get(name);
        Source files = new Source(
                source.system(),
                folder.resolve("drop").toString(),
                Manifest.OPTIONAL,
                source.staleAfter(),
                source.volume().accepting(List.copyOf(tables)),
                source.gone(),
                null);
        Map<String, String> spark = new LinkedHashMap<>(lake.spark());
        spark.put("spark.master", "local[2]");
        // Code for a handful of rows takes longer to be compiled than to be interpreted.
        spark.put("spark.sql.codegen.wholeStage", "false");
        spark.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        Settings scratch = inScratch(folder);
        return scratch.with(
                folder,
                new LakeSettings(scratch.lake().root(), "embedded", 1, spark),
                Map.of(name, files),
                Map.of(),
                scratch.staging(),
                scratch.report(),
                scratch.tell());
    }

    private Settings with(
            Path folder,
            LakeSettings otherLake,
            Map<String, Source> others,
            Map<String, Map<String, List<String>>> precedences,
            Staging elsewhere,
            Report page,
            Tell told) {
        return new Settings(
                folder,
                seed,
                currency,
                otherLake,
                others,
                precedences,
                jdbc,
                elsewhere,
                churn,
                forecast,
                reorder,
                campaign,
                routes,
                anomaly,
                value,
                sentiment,
                page,
                sqlServer,
                told);
    }

    /**
     * A source of extracts: files below {@code drop}, or a {@code database}.
     *
     * @param gone columns, as {@code product.list_price}, that it had and will not have again
     */
    public record Source(
            String system,
            @Optional String drop,
            @Optional("required") Manifest manifest,
            @Optional("7d") Duration staleAfter,
            @Optional Volume volume,
            @Optional List<String> gone,
            @Optional Database database) {

        public Source {
            volume = volume == null ? Volume.DEFAULT : volume;
        }

        /** The same source at another address. */
        public Source at(Database other) {
            return new Source(system, drop, manifest, staleAfter, volume, gone, other);
        }

        private Source accepting(List<String> tables) {
            return new Source(system, drop, manifest, staleAfter, volume.accepting(tables), gone, database);
        }
    }

    /** Whether files count that no manifest names. */
    public enum Manifest {
        REQUIRED,
        OPTIONAL
    }

    /** How databases are read. */
    public record Jdbc(int fetchSize, int readers, Duration overlap) {
        public Jdbc {
            positive("jdbc.fetch-size", fetchSize);
            positive("jdbc.readers", readers);
        }
    }

    /** Where decisions are published; nowhere without a database. */
    public record Staging(String schema, @Optional Database database) {}

    /** How churn is defined, learned and priced. */
    public record Churn(
            Duration horizon,
            Duration activeWindow,
            int trainingDates,
            int folds,
            Duration retrainAfter,
            double margin,
            double grossMargin) {
        public Churn {
            positive("churn.training-dates", trainingDates);
            if (folds < 2) {
                throw new IllegalArgumentException("folds must be at least 2 and is " + folds);
            }
            share("churn.gross-margin", grossMargin);
        }
    }

    /** How far and from what demand is forecast, in weeks. */
    public record Forecast(int horizon, int history) {
        public Forecast {
            positive("forecast.horizon", horizon);
            positive("forecast.history", history);
        }
    }

    /** What stock costs, and how far a plan may go by itself. */
    public record Reorder(
            double holdingRate,
            @Optional Double orderCost,
            double shortageRate,
            double serviceLevel,
            int reviewDays,
            int defaultLeadTime,
            UnmetDemand unmetDemand,
            boolean assumeEmptyShelves,
            OrderCeilings ceilings,
            @Optional BigDecimal budget) {
        public Reorder {
            if (orderCost != null && !(orderCost >= 0)) {
                throw new IllegalArgumentException("reorder.order-cost must be 0 or more and is " + orderCost);
            }
            share("reorder.service-level", serviceLevel);
            positive("reorder.review-days", reviewDays);
            positive("reorder.default-lead-time", defaultLeadTime);
        }
    }

    /**
     * Whom a campaign may contact, how and at what cost.
     *
     * @param channel         of the one offer where {@code offers} names none, as its content, cost and assumed response
     * @param offers          what may be done for a customer, by name
     * @param capacity        most contacts of a night on a channel, by its name
     * @param controlShare    share of the customers whose action is drawn at random
     * @param responseWindow  how long after a contact sales count as what came of it
     */
    public record Campaign(
            String code,
            String channel,
            String content,
            BigDecimal contactCost,
            double assumedResponse,
            @Optional Map<String, CampaignOffer> offers,
            @Optional Map<String, Integer> capacity,
            BigDecimal budget,
            double controlShare,
            int contactCap,
            Duration contactWindow,
            Duration responseWindow) {
        public Campaign {
            share("campaign.assumed-response", assumedResponse);
            share("campaign.control-share", controlShare);
            positive("campaign.contact-cap", contactCap);
            capacity.forEach((name, most) -> {
                if (most < 0) {
                    throw new IllegalArgumentException(
                            "campaign.capacity." + name + " must be 0 or more and is " + most);
                }
            });
        }

        /** What may be done for a customer, by name: {@code offers}, or the one offer of the keys beside them. */
        public Map<String, CampaignOffer> choices() {
            return offers.isEmpty()
                    ? Map.of(channel, new CampaignOffer(channel, content, contactCost, assumedResponse))
                    : offers;
        }
    }

    /** A channel with a content, what it costs, and the share of customers at risk whom it is assumed to keep. */
    public record CampaignOffer(String channel, String content, BigDecimal contactCost, double assumedResponse) {
        public CampaignOffer {
            share("campaign.offers: assumed-response", assumedResponse);
        }
    }

    /**
     * The vehicles that deliver.
     *
     * @param capacity  of a vehicle, in the unit of the shipments' demand; null plans no routes
     * @param vehicles  at each site; null for as many as it takes
     * @param departure earliest start, and {@code returnBy} the latest return, by the clock of {@code zone}
     * @param speed     km/h on the road
     * @param detour    length of the road as a multiple of the straight line
     * @param service   time at a stop
     */
    public record Routes(
            @Optional Double capacity,
            @Optional Integer vehicles,
            LocalTime departure,
            LocalTime returnBy,
            ZoneId zone,
            double speed,
            double detour,
            Duration service) {
        public Routes {
            if (capacity != null && !(capacity > 0)) {
                throw new IllegalArgumentException("routes.capacity must be more than 0 and is " + capacity);
            }
            if (vehicles != null) {
                positive("routes.vehicles", vehicles);
            }
            if (!returnBy.isAfter(departure)) {
                throw new IllegalArgumentException(
                        "routes.return-by %s must be later than routes.departure %s".formatted(returnBy, departure));
            }
            if (!(speed > 0)) {
                throw new IllegalArgumentException("routes.speed must be more than 0 and is " + speed);
            }
            if (!(detour >= 1)) {
                throw new IllegalArgumentException("routes.detour must be at least 1 and is " + detour);
            }
        }
    }

    /** How readily a night tells of what is strange: usual cases that it may tell of, for each subject. */
    public record Anomaly(double falseAlarms) {
        public Anomaly {
            if (!(falseAlarms > 0)) {
                throw new IllegalArgumentException("anomaly.false-alarms must be more than 0 and is " + falseAlarms);
            }
        }
    }

    /**
     * How far ahead customers are valued.
     *
     * @param horizon  a day or more
     * @param discount by which money is worth less in a year
     */
    public record Value(Duration horizon, double discount) {
        public Value {
            positive("value.horizon", (int) horizon.toDays());
            if (!(discount >= 0 && discount <= 10)) {
                throw new IllegalArgumentException("value.discount must be from 0 to 10 and is " + discount);
            }
        }
    }

    /**
     * How what customers write is read.
     *
     * @param lookBack     texts written before it are not read
     * @param retrainAfter age from which on a champion is challenged
     * @param margin       least gain in AUC over chance, of whether a text is negative
     * @param anyLanguage  whether texts that are not English are read too
     * @param encoder      instead of the one that comes with the program, or null
     */
    public record Sentiment(
            Duration lookBack,
            Duration retrainAfter,
            double margin,
            boolean anyLanguage,
            @Optional Encoder encoder) {

        /**
         * A sentence encoder in ONNX.
         *
         * @param model     file, or URI of one
         * @param tokenizer JSON as Hugging Face's tokenizers write it
         * @param sha256    of the model's file
         * @param prefix    in front of every text
         * @param layers    values of the model whose means over a text's tokens are its vector
         */
        public record Encoder(
                String model,
                String tokenizer,
                String sha256,
                @Optional String prefix,
                @Optional("last_hidden_state") List<String> layers) {
            public Encoder {
                prefix = prefix == null ? "" : prefix;
            }
        }

        public Sentiment {
            positive("sentiment.look-back", (int) lookBack.toDays());
            positive("sentiment.retrain-after", (int) retrainAfter.toDays());
            share("sentiment.margin", margin);
        }
    }

    /**
     * Where the morning page is put, and how it writes numbers and dates.
     *
     * @param folder folder, or URI of one
     * @param locale as in {@code en} or {@code de-AT}
     */
    public record Report(String folder, Locale locale) {

        /** The same in another folder. */
        Report at(String other) {
            return new Report(other, locale);
        }
    }

    /**
     * Who is told how a run ended.
     *
     * @param command words of a command that finds the report on its standard input; none if empty
     * @param url     HTTP address that the report is posted to, or a reference to a secret that holds it; may be null
     * @param timeout of one attempt
     */
    public record Tell(
            @Optional List<String> command, @Optional String url, Duration timeout, int attempts) {
        public Tell {
            positive("tell.attempts", attempts);
            if (url != null && !Secret.isReference(url) && !url.matches("https?://[^@]+")) {
                throw new IllegalArgumentException(
                        "tell.url must be http:// or https:// without user and password, or ${env:NAME} where it is a secret");
            }
        }
    }

    private static void positive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1 and is " + value);
        }
    }

    private static void share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be from 0 to 1 and is " + value);
        }
    }
}
