package io.millrace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShippedContractsTest {

    private final ContractCatalog catalog = ContractCatalog.load();

    @Test
    void everySilverTableOfThePublicContractIsThereWithItsKey() {
        assertThat(key("silver.customer")).containsExactly("customer_code", "valid_from");
        assertThat(key("silver.product")).containsExactly("product_code", "valid_from");
        assertThat(key("silver.supplier")).containsExactly("supplier_code", "valid_from");
        assertThat(key("silver.site")).containsExactly("site_code", "valid_from");
        assertThat(key("silver.supplier_product")).containsExactly("supplier_code", "product_code");
        assertThat(key("silver.sales_line")).containsExactly("source", "order_no", "line_no");
        assertThat(key("silver.purchase_line")).containsExactly("source", "order_no", "line_no");
        assertThat(key("silver.stock_level")).containsExactly("product_code", "site_code", "snapshot_date");
        assertThat(key("silver.stock_move")).containsExactly("source", "product_code", "site_code", "move_no");
        assertThat(key("silver.reorder_rule")).containsExactly("product_code", "site_code");
        assertThat(key("silver.shipment")).containsExactly("source", "shipment_code");
        assertThat(key("silver.campaign_contact")).containsExactly("campaign_code", "customer_code", "contacted_at");
        assertThat(key("silver.feedback")).containsExactly("source", "feedback_id");
        assertThat(key("silver.sensor_reading")).containsExactly("sensor_code", "measured_at", "metric");
    }

    @Test
    void everyTableAndColumnIsExplained() {
        assertThat(catalog.all()).isNotEmpty().allSatisfy(contract -> {
            assertThat(contract.about()).as(contract.name()).isNotBlank();
            assertThat(contract.columns())
                    .allSatisfy(c -> assertThat(c.about())
                            .as(contract.name() + "." + c.name())
                            .isNotBlank());
        });
    }

    @Test
    void everyKeyColumnOfSilverIsRequired() {
        for (TableContract contract : catalog.inDatabase("silver")) {
            assertThat(contract.primaryKey())
                    .as(contract.name())
                    .allSatisfy(k -> assertThat(contract.column(k).orElseThrow().required())
                            .as(k)
                            .isTrue());
        }
    }

    @Test
    void requiredColumnsBecomeRulesThatQuarantineInSilverAndRefuseInGold() {
        for (TableContract contract : catalog.all()) {
            Rule.Severity expected =
                    contract.database().equals("silver") ? Rule.Severity.QUARANTINE : Rule.Severity.REFUSE;
            List<String> required = contract.ownColumns().stream()
                    .filter(ColumnContract::required)
                    .map(ColumnContract::name)
                    .toList();
            assertThat(contract.rules().stream().filter(r -> r.kind() == Rule.Kind.COMPLETE))
                    .as(contract.name())
                    .allSatisfy(r -> assertThat(r.severity()).isEqualTo(expected))
                    .extracting(r -> r.columns().get(0))
                    .containsAll(required);
        }
    }

    @Test
    void ruleNamesAreUniqueInATable() {
        for (TableContract contract : catalog.all()) {
            Set<String> seen = new HashSet<>();
            assertThat(contract.rules()).as(contract.name()).allMatch(rule -> seen.add(rule.name()));
        }
    }

    @Test
    void silverTablesCarryLineageAndHistoryTablesValidity() {
        TableContract customer = catalog.get("silver.customer");
        assertThat(customer.columns()).containsAll(TableContract.LINEAGE).containsAll(TableContract.VALIDITY);
        assertThat(customer.ownColumns()).doesNotContainAnyElementsOf(TableContract.LINEAGE);
        assertThat(catalog.get("silver.sales_line").columns()).doesNotContainAnyElementsOf(TableContract.VALIDITY);
        assertThat(catalog.get("gold.churn_score").columns()).doesNotContainAnyElementsOf(TableContract.LINEAGE);
    }

    @Test
    void personalDataIsTagged() {
        TableContract customer = catalog.get("silver.customer");
        assertThat(List.of("name", "email", "phone", "street", "postal_code"))
                .allSatisfy(
                        c -> assertThat(customer.column(c).orElseThrow().pii()).isNotBlank());
        assertThat(customer.column("email").orElseThrow().comment()).contains("personal data: email");
    }

    @Test
    void moneyIsDecimal() {
        for (TableContract contract : catalog.inDatabase("silver")) {
            assertThat(contract.columns().stream().filter(c -> "currency".equals(c.unit())))
                    .as(contract.name())
                    .allMatch(c -> c.type().startsWith("decimal("));
        }
    }

    @Test
    void anUnknownTableIsAnsweredWithTheNearestOne() {
        assertThatThrownBy(() -> catalog.get("silver.custmer"))
                .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("did you mean 'silver.customer'?");
    }

    private List<String> key(String table) {
        return catalog.get(table).primaryKey();
    }
}
