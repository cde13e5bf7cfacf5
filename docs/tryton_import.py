#!/usr/bin/env python3
"""The ERP's side: orders that wait in the staging schema become order points, through Tryton's JSON-RPC; its supply
run then makes purchase requests.  usage: tryton_import.py DSN URL USER [SITE], with the database's secret in
PGPASSWORD and the ERP user's in TRYTON_PASSWORD: arguments are seen by everybody on the machine"""
import base64, json, os, sys, urllib.request
import psycopg2

dsn, url, user = sys.argv[1:4]
site = sys.argv[4] if len(sys.argv) > 4 else '%'
db = psycopg2.connect(dsn)
sql = db.cursor()
head, context = {'Content-Type': 'application/json'}, []


class Refused(Exception):
    pass


def erp(method, *params):
    body = json.dumps({'id': 1, 'method': method, 'params': [*params, *context]}).encode()
    answer = json.load(urllib.request.urlopen(urllib.request.Request(url, body, head)))
    if answer.get('error'):
        raise Refused(*answer['error'][:2])
    return answer['result']


uid, session = erp('common.db.login', user, {'password': os.environ['TRYTON_PASSWORD']}, 'en')
head['Authorization'] = 'Session ' + base64.b64encode(f'{user}:{uid}:{session}'.encode()).decode()
context.append({})
context[0] = erp('model.res.user.get_preferences', True)

# Levels in as many digits as the ERP keeps of the unit, rounded up.
sql.execute("""
    SELECT d.decision_id, p.id, w.id, o.id, CAST(ceil(d.reorder_point * s.step) / s.step AS float),
           CAST(ceil(d.order_up_to * s.step) / s.step AS float)
    FROM millrace_staging.reorder_plan d
    LEFT JOIN product_product p ON p.code = d.product_code
    LEFT JOIN product_template t ON t.id = p.template
    LEFT JOIN product_uom u ON u.id = t.default_uom
    CROSS JOIN LATERAL (SELECT power(10, coalesce(u.digits, 0))::numeric AS step) s
    LEFT JOIN stock_location w ON w.code = d.site_code AND w.type = 'warehouse'
    LEFT JOIN stock_order_point o ON o.product = p.id AND o.warehouse_location = w.id AND o.type = 'purchase'
    WHERE d.state = 'NEW' AND d.site_code LIKE %s ORDER BY d.product_code, d.site_code FOR UPDATE OF d""", (site,))
for decision, product, warehouse, rule, point, up_to in sql.fetchall():
    state, reason, levels = 'ACCEPTED', None, {'min_quantity': point, 'target_quantity': up_to}
    try:
        if rule:
            erp('model.stock.order_point.write', [rule], levels)
        else:
            erp('model.stock.order_point.create', [{'type': 'purchase', 'company': context[0]['company'],
                'product': product, 'warehouse_location': warehouse, **levels}])
    except Refused as refused:
        state, reason = 'REJECTED', str(refused.args[1][0])[:500]
    sql.execute("UPDATE millrace_staging.reorder_plan SET state = %s, state_reason = %s,"
                " decided_at = now() AT TIME ZONE 'UTC' WHERE decision_id = %s", (state, reason, decision))
sql.execute("""UPDATE millrace_staging.batch b SET state = 'CONSUMED' WHERE kind = 'reorder_plan' AND state = 'READY'
    AND NOT EXISTS (SELECT FROM millrace_staging.reorder_plan d WHERE d.batch_id = b.batch_id AND d.state = 'NEW')""")
db.commit()

wizard = erp('wizard.stock.supply.create')[0]
while True:
    try:
        erp('wizard.stock.supply.execute', wizard, {}, 'create_')
        break
    except Refused as warning:
        if warning.args[0] != 'UserWarning':
            raise
        erp('model.res.user.warning.create', [{'user': uid, 'name': warning.args[1][0]}])
erp('wizard.stock.supply.delete', wizard)

sql.execute("SELECT state, count(*), min(state_reason) FROM millrace_staging.reorder_plan GROUP BY 1 ORDER BY 1")
print(*sql.fetchall(), sep='\n')
