package koc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import koc.error.KocException;
import koc.table.Catalog;
import koc.table.Dictionary;
import koc.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the data dictionary. */
@Command(name = "tables", description = "Print the data dictionary: every table, or those named.")
final class TablesCommand implements Callable<Integer> {
    @Option(names = "--markdown", description = "As Markdown, the form of docs/tables.md.")
    private boolean markdown;

    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Only these tables.")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<Table> tables = names.isEmpty()
                ? Catalog.tables()
                : names.stream().map(TablesCommand::table).toList();
        spec.commandLine().getOut().print(markdown ? Dictionary.markdown(tables) : Dictionary.text(tables));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static Table table(String name) {
        return Catalog.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> KocException.usage(
                        "unknown table '" + name + "'",
                        "the tables are "
                                + String.join(
                                        ", ",
                                        Catalog.tables().stream()
                                                .map(Table::name)
                                                .toList()),
                        "name some of them, or none for all"));
    }
}
