package io.millrace.launcher.demo;

import java.io.IOException;
import java.util.List;

/**
 * The files that are written once the history is over: master data, purchases, campaigns, shipments, sensor readings.
 */
final class MasterFiles {

    static final String[] CUSTOMER = {
        "customer_code",
        "name",
        "email",
        "phone",
        "street",
        "postal_code",
        "city",
        "country",
        "category",
        "created_on",
        "is_opted_out",
        "is_active",
        "replaced_by"
    };
    static final String[] PRODUCT = {
        "product_code",
        "name",
        "category",
        "unit",
        "list_price",
        "cost_price",
        "currency",
        "is_stocked",
        "is_active",
        "is_purchasable",
        "unit_rounding",
        "volume"
    };
    static final String[] SUPPLIER = {
        "supplier_code", "name", "email", "city", "country", "is_active", "minimum_order_value", "currency"
    };
    static final String[] SITE = {"site_code", "name", "site_type", "latitude", "longitude", "is_active", "capacity"};
    static final String[] SUPPLIER_PRODUCT = {
        "supplier_code",
        "product_code",
        "lead_time_days",
        "unit_price",
        "currency",
        "min_order_quantity",
        "pack_size",
        "preference",
        "is_active"
    };
    static final String[] PURCHASE_LINE = {
        "order_no", "line_no", "order_date", "supplier_code", "product_code", "site_code", "quantity",
        "received_quantity", "unit_price", "amount", "currency", "promised_date", "received_date", "status"
    };
    static final String[] CAMPAIGN_CONTACT = {
        "campaign_code",
        "customer_code",
        "contacted_at",
        "channel",
        "content",
        "propensity",
        "cost",
        "responded",
        "revenue"
    };
    static final String[] SHIPMENT = {
        "shipment_code",
        "due_date",
        "site_code",
        "customer_code",
        "latitude",
        "longitude",
        "demand",
        "window_start",
        "window_end"
    };
    static final String[] SENSOR_READING = {"sensor_code", "measured_at", "metric", "site_code", "value"};

    /** What a cubic metre of mixed parcels weighs. */
    private static final double GRAMS_OF_A_CUBIC_METRE = 300_000;

    private final Company company;
    private final DemoOptions options;
    private final DropWriter drop;

    MasterFiles(Company company, DropWriter drop) {
        this.company = company;
        this.options = company.options();
        this.drop = drop;
    }

    /** Writes all of them. */
    void write(Sensors sensors) throws IOException {
        file("customer.csv", CUSTOMER, this::customers);
        file("product.csv", PRODUCT, this::products);
        file("supplier.csv", SUPPLIER, this::suppliers);
        file("site.csv", SITE, this::sites);
        file("supplier_product.csv", SUPPLIER_PRODUCT, this::terms);
        file("purchase_line.csv", PURCHASE_LINE, this::purchases);
        file("campaign_contact.csv", CAMPAIGN_CONTACT, this::contacts);
        file("shipment.csv", SHIPMENT, this::shipments);
        file("sensor_reading.csv.gz", SENSOR_READING, file -> sensors.read(r -> file.row(reading(r))));
    }

    private interface Rows {
        void to(CsvFile file);
    }

    private void file(String name, String[] columns, Rows rows) throws IOException {
        rows.to(drop.begin(name, columns));
        drop.finish(name);
    }

    private void customers(CsvFile file) {
        for (int i = 0; i < company.market().customers().size(); i++) {
            file.row(customer(company, i));
        }
    }

    /** A customer in the order of {@link #CUSTOMER}. */
    static String[] customer(Company company, int i) {
        Customer customer = company.market().customers().get(i);
        Customer.Contact contact = customer.contact();
        return new String[] {
            customer.code(),
            contact.name(),
            contact.email(),
            contact.phone(),
            contact.street(),
            contact.postalCode(),
            contact.city(),
            "DE",
            Texts.lower(customer.category()),
            company.options().day(customer.joinedDay()).toString(),
            Boolean.toString(customer.optedOut()),
            Boolean.toString(company.isActive(i)),
            null
        };
    }

    private void products(CsvFile file) {
        company.market().products().forEach(p -> file.row(product(company, p)));
    }

    /** A product in the order of {@link #PRODUCT}. */
    static String[] product(Company company, Product product) {
        boolean active = product.demand().endDay() > company.options().lastDay();
        return new String[] {
            product.code(),
            product.name(),
            product.category(),
            product.stocked() ? "piece" : "service",
            Texts.money(product.listCents()),
            Texts.money(product.costCents()),
            "EUR",
            Boolean.toString(product.stocked()),
            Boolean.toString(active),
            Boolean.toString(product.stocked()),
            "1",
            product.stocked() ? Texts.number(product.grams() / GRAMS_OF_A_CUBIC_METRE, 6) : null
        };
    }

    private void suppliers(CsvFile file) {
        company.suppliers().forEach(s -> file.row(supplier(s)));
    }

    /** A supplier in the order of {@link #SUPPLIER}; none of them asks for a minimum. */
    static String[] supplier(Supplier supplier) {
        String email = "orders@" + supplier.code().toLowerCase(java.util.Locale.ROOT) + ".example.com";
        return new String[] {
            supplier.code(), supplier.name(), email, supplier.city(), supplier.country(), "true", null, null
        };
    }

    private void sites(CsvFile file) {
        for (Site site : company.market().sites()) {
            file.row(
                    site.code(),
                    "Warehouse " + site.city(),
                    "warehouse",
                    Texts.number(site.latitude(), 4),
                    Texts.number(site.longitude(), 4),
                    "true",
                    null);
        }
    }

    private void terms(CsvFile file) {
        for (SupplyTerms terms : company.terms()) {
            file.row(
                    company.supplierCode(terms.supplier()),
                    company.market().productCode(terms.product()),
                    Integer.toString(terms.promisedDays()),
                    Texts.money(terms.unitCents()),
                    "EUR",
                    Integer.toString(terms.minimum()),
                    Integer.toString(terms.pack()),
                    Integer.toString(terms.preference()),
                    "true");
        }
    }

    private void purchases(CsvFile file) {
        int today = options.lastDay();
        for (PurchaseLine line : company.purchases()) {
            boolean arrived = line.arrivedBy(today);
            file.row(
                    line.orderNo(),
                    Integer.toString(line.lineNo()),
                    options.day(line.day()).toString(),
                    company.supplierCode(line.terms().supplier()),
                    company.market().productCode(line.terms().product()),
                    company.market().siteCode(line.site()),
                    Integer.toString(line.quantity()),
                    arrived ? Integer.toString(line.received()) : "0",
                    Texts.money(line.terms().unitCents()),
                    Texts.money(line.terms().unitCents() * line.quantity()),
                    "EUR",
                    options.day(line.promisedDay()).toString(),
                    arrived ? options.day(line.receivedDay()).toString() : null,
                    line.status(today));
        }
    }

    private void contacts(CsvFile file) {
        for (CampaignContact contact : company.contacts()) {
            file.row(
                    contact.campaign(),
                    company.market().customerCode(contact.customer()),
                    Texts.timestamp(options.day(contact.day()), contact.minute()),
                    contact.means().code(),
                    contact.content(),
                    Texts.number(contact.propensity(), 6),
                    java.math.BigDecimal.valueOf(contact.means().cost(), 4).toPlainString(),
                    Boolean.toString(contact.outcome().responded()),
                    Texts.money(contact.outcome().revenueCents()));
        }
    }

    private void shipments(CsvFile file) {
        List<Customer> customers = company.market().customers();
        for (Shipment shipment : company.shipments()) {
            Customer customer = customers.get(shipment.customer());
            file.row(
                    shipment.code(),
                    options.day(shipment.dueDay()).toString(),
                    company.market().siteCode(shipment.site()),
                    customer.code(),
                    Texts.number(customer.latitude(), 5),
                    Texts.number(customer.longitude(), 5),
                    Texts.number(shipment.grams() / 1000.0, 3),
                    hour(shipment.fromHour()),
                    hour(shipment.toHour()));
        }
    }

    private String[] reading(Sensors.Reading reading) {
        return new String[] {
            reading.sensor().code(),
            Texts.timestamp(options.date().minusDays(Sensors.DAYS - 1L), reading.hour() * 60),
            reading.metric().name(),
            company.market().siteCode(reading.sensor().site()),
            Texts.number(reading.value(), 3)
        };
    }

    private static String hour(int hour) {
        return (hour < 10 ? "0" : "") + hour + ":00";
    }
}
