package io.millrace.launcher.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The stock of every product at every site, day by day. Goods that are sold stay in the house as reserved until they
 * are shipped, up to {@value #LONGEST_LAG} days later. Levels and moves are kept for the last {@value #DAYS_KEPT} days.
 */
final class Warehouses {

    static final int DAYS_KEPT = 90;
    static final int LONGEST_LAG = 3;

    private final int sites;
    private final int lastDay;
    private final int[] available;
    private final int[] reserved;
    private final int[] incoming;
    private final int[][] leaving;
    private final int[][] onHandKept;
    private final int[][] reservedKept;
    private final int[][] incomingKept;
    private final List<StockMove> moves = new ArrayList<>();

    Warehouses(int products, int sites, int lastDay) {
        int cells = products * sites;
        this.sites = sites;
        this.lastDay = lastDay;
        this.available = new int[cells];
        this.reserved = new int[cells];
        this.incoming = new int[cells];
        this.leaving = new int[LONGEST_LAG + 1][cells];
        this.onHandKept = new int[DAYS_KEPT][];
        this.reservedKept = new int[DAYS_KEPT][];
        this.incomingKept = new int[DAYS_KEPT][];
    }

    private int cell(int product, int site) {
        return product * sites + site;
    }

    /** Stock with which the history begins. */
    void open(int product, int site, int units) {
        available[cell(product, site)] = units;
    }

    /** The morning: what was to leave today leaves. */
    void ship(int day) {
        int[] today = leaving[day % leaving.length];
        for (int i = 0; i < today.length; i++) {
            reserved[i] -= today[i];
        }
        Arrays.fill(today, 0);
    }

    /**
     * Sells up to {@code units}, to leave {@code lag} days later.
     *
     * @return the units that there were
     */
    int sell(int product, int site, int units, int day, int lag, String orderNo) {
        int cell = cell(product, site);
        int served = Math.min(units, available[cell]);
        available[cell] -= served;
        if (served > 0) {
            if (lag > 0) {
                reserved[cell] += served;
                leaving[(day + lag) % leaving.length][cell] += served;
            }
            note(product, site, day + lag, -served, "sale", orderNo);
        }
        return served;
    }

    void takeBack(int product, int site, int units, int day, String returnNo) {
        available[cell(product, site)] += units;
        note(product, site, day, units, "return", returnNo);
    }

    void order(int product, int site, int units) {
        incoming[cell(product, site)] += units;
    }

    /** An order to a supplier is over: {@code received} of the {@code ordered} units came. */
    void receive(int product, int site, int ordered, int received, int day, String orderNo) {
        int cell = cell(product, site);
        incoming[cell] -= ordered;
        available[cell] += received;
        if (received > 0) {
            note(product, site, day, received, "receipt", orderNo);
        }
    }

    private void note(int product, int site, int day, int quantity, String type, String reference) {
        if (day > lastDay - DAYS_KEPT && day <= lastDay) {
            moves.add(new StockMove(product, site, day, quantity, type, reference));
        }
    }

    /** What a reorder rule looks at: units that nobody has bought yet plus units on order. */
    int position(int product, int site) {
        int cell = cell(product, site);
        return available[cell] + incoming[cell];
    }

    /** The evening: keeps the levels where the day is among the last ones. */
    void close(int day) {
        int slot = day - (lastDay - DAYS_KEPT + 1);
        if (slot >= 0) {
            int[] onHand = available.clone();
            for (int i = 0; i < onHand.length; i++) {
                onHand[i] += reserved[i];
            }
            onHandKept[slot] = onHand;
            reservedKept[slot] = reserved.clone();
            incomingKept[slot] = incoming.clone();
        }
    }

    /** Units in the house on the evening of a kept day, reserved ones included. */
    int onHand(int product, int site, int day) {
        return onHandKept[slot(day)][cell(product, site)];
    }

    int reserved(int product, int site, int day) {
        return reservedKept[slot(day)][cell(product, site)];
    }

    int incoming(int product, int site, int day) {
        return incomingKept[slot(day)][cell(product, site)];
    }

    private int slot(int day) {
        int slot = day - firstDayKept();
        if (slot < 0 || day > lastDay) {
            throw new IllegalArgumentException(
                    "no levels are kept for day " + day + "; ask for days " + firstDayKept() + " to " + lastDay);
        }
        return slot;
    }

    int firstDayKept() {
        return lastDay - DAYS_KEPT + 1;
    }

    /**
     * Moves of the kept days. Sales are entered when they are sold, so that dates run up to three days out of order.
     */
    List<StockMove> moves() {
        return Collections.unmodifiableList(moves);
    }
}
