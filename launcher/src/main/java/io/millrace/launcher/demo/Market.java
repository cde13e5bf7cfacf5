package io.millrace.launcher.demo;

import java.util.List;

/** Who sells what to whom. Elsewhere a site, product or customer is its place in these lists. */
record Market(List<Site> sites, List<Product> products, Promotions promotions, List<Customer> customers) {

    String productCode(int product) {
        return products.get(product).code();
    }

    String siteCode(int site) {
        return sites.get(site).code();
    }

    /** The code, or null over the counter. */
    String customerCode(int customer) {
        return customer < 0 ? null : customers.get(customer).code();
    }
}
