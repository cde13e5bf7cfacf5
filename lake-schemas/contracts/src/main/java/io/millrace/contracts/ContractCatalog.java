package io.millrace.contracts;

import io.millrace.contracts.yaml.Problems;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    /** The contracts that Millrace ships. @throws Failure of kind CONFIGURATION that lists every problem of every file */
    public static ContractCatalog load() {
        return of(Resources.folder(FOLDER, ".yaml"));
    }

    /** The contracts in {@code files}, file name to text. @throws Failure of kind CONFIGURATION */
    public static ContractCatalog of(Map<String, String> files) {
        Problems problems = new Problems();
        Map<String, TableContract> byName = new TreeMap<>();
        Map<String, String> whereByName = new LinkedHashMap<>();
        files.forEach((file, text) -> ContractReader.read(file, text, problems).ifPresent(contract -> {
            String earlier = whereByName.put(contract.name(), file);
            if (earlier != null) {
                problems.add(file, contract.name() + " is also described by " + earlier);
            }
            byName.put(contract.name(), contract);
        }));
        byName.values().forEach(contract -> checkReferences(contract, byName, whereByName, problems));
        problems.refuse("The table contracts");
        return new ContractCatalog(byName);
    }

    private static void checkReferences(
            TableContract contract, Map<String, TableContract> all, Map<String, String> where, Problems problems) {
        for (Rule rule : contract.rules()) {
            if (rule.kind() != Rule.Kind.REFERS_TO) {
                continue;
            }
            TableContract target = all.get(rule.table());
            String file = where.get(contract.name());
            if (target == null) {
                problems.add(
                        file,
                        "rule " + rule.name() + " refers to the unknown table '" + rule.table() + "'"
                                + Problems.didYouMean(rule.table(), all.keySet()));
            } else if (!target.key().equals(rule.columns())) {
                problems.add(
                        file,
                        "rule " + rule.name() + " refers to " + target.name() + ", whose key is " + target.key()
                                + " and not " + rule.columns());
            }
        }
    }

    /** Every contract, by name. */
    public Collection<TableContract> all() {
        return byName.values();
    }

    public Optional<TableContract> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The contract of a table. @throws Failure of kind USAGE that names the nearest known table */
    public TableContract get(String name) {
        return find(name)
                .orElseThrow(() -> Failure.usage(
                        "There is no table '" + name + "'" + Problems.didYouMean(name, byName.keySet())));
    }

    /** The contracts of one database, by name. */
    public List<TableContract> inDatabase(String database) {
        return byName.values().stream().filter(c -> c.database().equals(database)).toList();
    }
}
