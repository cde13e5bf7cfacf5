package io.millrace.contracts;

import io.millrace.contracts.yaml.JsonSchema;
import io.millrace.contracts.yaml.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every table contract, read from the class path and checked as a whole. */
public final class ContractCatalog {

    private static final String FOLDER = "millrace/contracts";

    private final Map<String, TableContract> byName;

    private ContractCatalog(Map<String, TableContract> byName) {
        this.byName = byName;
    }

    /** The JSON schema of a contract. */
    public static Map<String, Object> schema() {
        return JsonSchema.of(ContractReader.Written.class, "A table contract of Millrace");
    }

    /** The contracts that Millrace ships. @throws Failure of kind CONFIGURATION that lists every problem of every file */
    public static ContractCatalog load() {
        return of(Resources.folder(FOLDER, ".yaml"));
    }

    /** The contracts in {@code files}, file name to text. @throws Failure of kind CONFIGURATION */
    public static ContractCatalog of(Map<String, String> files) {
        Problems problems = new Problems();
        Map<String, TableContract> byName = new TreeMap<>();
        Map<String, ContractReader.Located> located = new TreeMap<>();
        files.forEach((file, text) -> ContractReader.read(file, text, problems).ifPresent(read -> {
            ContractReader.Located earlier = located.putIfAbsent(read.contract().name(), read);
            if (earlier != null) {
                problems.add(read.where(), read.contract().name() + " is also described by " + earlier.where());
            }
        }));
        located.forEach((name, read) -> byName.put(name, read.contract()));
        located.values().forEach(read -> checkReferences(read, byName, problems));
        problems.refuse("The table contracts");
        return new ContractCatalog(byName);
    }

    /**
     * This catalogue with {@code more}, such as the contracts that feature views generate.
     *
     * @throws Failure of kind CONFIGURATION that lists every table that is described twice
     */
    public ContractCatalog plus(Collection<TableContract> more) {
        Problems problems = new Problems();
        Map<String, TableContract> all = new TreeMap<>(byName);
        for (TableContract contract : more) {
            if (all.put(contract.name(), contract) != null) {
                problems.add(contract.name(), "is described twice");
            }
        }
        problems.refuse("The table contracts");
        return new ContractCatalog(all);
    }

    private static void checkReferences(
            ContractReader.Located read, Map<String, TableContract> all, Problems problems) {
        for (Rule rule : read.contract().rules()) {
            if (rule.kind() != Rule.Kind.REFERS_TO
                    || rule.table() == null
                    || rule.columns().isEmpty()) {
                continue;
            }
            TableContract target = all.get(rule.table());
            String where = read.whereByRule().get(rule.name());
            if (target == null) {
                problems.add(
                        where,
                        "rule " + rule.name() + " refers to the unknown table '" + rule.table() + "'"
                                + Problems.didYouMean(rule.table(), all.keySet()));
            } else if (!target.key().equals(rule.columns())) {
                problems.add(
                        where,
                        "rule " + rule.name() + " refers to " + target.name() + ", whose key is " + target.key()
                                + " and not " + rule.columns());
            }
        }
    }

    /** Every contract, by name. */
    public Collection<TableContract> all() {
        return byName.values();
    }

    /** The contract of a table, also of one that keeps what each source says of another one ({@link TableContract#bySource}). */
    public Optional<TableContract> find(String name) {
        TableContract contract = byName.get(name);
        return contract != null
                ? Optional.of(contract)
                : TableContract.ofEachSource(name).map(byName::get).map(TableContract::bySource);
    }

    /** The contract of a table. @throws Failure of kind USAGE that names the nearest known table */
    public TableContract get(String name) {
        return find(name)
                .orElseThrow(() ->
                        Failure.usage("There is no table '" + name + "'" + Problems.didYouMean(name, byName.keySet())));
    }

    /** The contracts of one database, by name. */
    public List<TableContract> inDatabase(String database) {
        return byName.values().stream()
                .filter(c -> c.database().equals(database))
                .toList();
    }
}
