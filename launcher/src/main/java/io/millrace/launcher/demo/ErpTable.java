package io.millrace.launcher.demo;

import java.util.Locale;

/** The tables of the ERP's database: columns of the contract, then {@code changed_at}. */
enum ErpTable {
    PRODUCT("product_code", """
            product_code varchar(40) NOT NULL, name varchar(200), category varchar(80), unit varchar(20),
            list_price numeric(18,4), cost_price numeric(18,4), currency char(3), is_stocked boolean, is_active boolean,
            is_purchasable boolean, unit_rounding numeric(18,6), volume numeric(18,6)"""),
    CUSTOMER("customer_code", """
            customer_code varchar(40) NOT NULL, name varchar(200), email varchar(200), phone varchar(40),
            street varchar(200), postal_code varchar(20), city varchar(80), country char(2), category varchar(80),
            created_on date, is_opted_out boolean, is_active boolean, replaced_by varchar(40)"""),
    SUPPLIER("supplier_code", """
            supplier_code varchar(40) NOT NULL, name varchar(200), email varchar(200), city varchar(80), country char(2),
            is_active boolean, minimum_order_value numeric(18,2), currency char(3)"""),
    REORDER_RULE("product_code, site_code", """
            product_code varchar(40) NOT NULL, site_code varchar(40) NOT NULL, reorder_point numeric(18,3) NOT NULL,
            order_up_to numeric(18,3), order_quantity numeric(18,3)"""),
    STOCK_LEVEL("product_code, site_code, snapshot_date", """
            product_code varchar(40) NOT NULL, site_code varchar(40) NOT NULL, snapshot_date date NOT NULL,
            on_hand numeric(18,3) NOT NULL, reserved numeric(18,3), incoming numeric(18,3)"""),
    STOCK_MOVE("product_code, site_code, move_no", """
            product_code varchar(40) NOT NULL, site_code varchar(40) NOT NULL, move_no varchar(40) NOT NULL,
            move_date date NOT NULL, quantity numeric(18,3) NOT NULL, move_type varchar(20), reference varchar(40)""");

    private final String key;
    private final String columns;

    ErpTable(String key, String columns) {
        this.key = key;
        this.columns = columns;
    }

    String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String ddl(String schema) {
        return "CREATE TABLE " + schema + "." + tableName() + " (" + columns
                + ", changed_at timestamp NOT NULL, PRIMARY KEY (" + key + "))";
    }
}
