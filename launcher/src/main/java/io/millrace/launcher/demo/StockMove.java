package io.millrace.launcher.demo;

/** A movement of stock: units positive into the site and negative out of it. */
record StockMove(int product, int site, int day, int quantity, String type, String reference) {}
