package io.millrace.lake;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Limit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.execution.command.SetNamespaceCommand;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** Gives a session of somebody else the statements that only read, and of each answer so many rows. */
final class ReadOnlyParser implements ParserInterface {

    private final ParserInterface all;
    private final FolderCatalog catalog;
    private final ReadOnly readOnly;
    private final int rows;

    ReadOnlyParser(SparkSession session, ParserInterface all, FolderCatalog catalog, int rows) {
        this.all = all;
        this.catalog = catalog;
        this.readOnly = new ReadOnly(session, catalog);
        this.rows = rows;
    }

    @Override
    public LogicalPlan parsePlan(String sql) throws ParseException {
        LogicalPlan parsed = all.parsePlan(sql);
        catalog.register(sql);
        if (parsed instanceof SetCatalogAndNamespace || parsed instanceof SetNamespaceCommand) {
            // Which database is meant where none is named: a client says so as it connects.
            return parsed;
        }
        return readOnly.check(parsed, sql)
                ? (LogicalPlan) Limit.apply(new Literal(rows, DataTypes.IntegerType), parsed)
                : parsed;
    }

    @Override
    public Expression parseExpression(String sql) throws ParseException {
        return all.parseExpression(sql);
    }

    @Override
    public TableIdentifier parseTableIdentifier(String sql) throws ParseException {
        return all.parseTableIdentifier(sql);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String sql) throws ParseException {
        return all.parseFunctionIdentifier(sql);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String sql) throws ParseException {
        return all.parseMultipartIdentifier(sql);
    }

    @Override
    public LogicalPlan parseQuery(String sql) throws ParseException {
        return all.parseQuery(sql);
    }

    @Override
    public StructType parseTableSchema(String sql) throws ParseException {
        return all.parseTableSchema(sql);
    }

    @Override
    public DataType parseDataType(String sql) throws ParseException {
        return all.parseDataType(sql);
    }
}
