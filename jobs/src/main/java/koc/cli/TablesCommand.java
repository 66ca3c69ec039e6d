package koc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import koc.config.Configuration;
import koc.error.KocException;
import koc.run.JobGraph;
import koc.tables.Catalog;
import koc.warehouse.Dictionary;
import koc.warehouse.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the data dictionary, or the flowchart of the jobs. */
@Command(name = "tables", description = "Print the data dictionary: every table, or those named.")
final class TablesCommand implements Callable<Integer> {
    @Option(names = "--markdown", description = "Print Markdown, as in docs/tables.md.")
    private boolean markdown;

    @Option(
            names = "--jobs",
            description = "Print the flowchart of the jobs instead, as in README.md and docs/architecture.md.")
    private boolean jobs;

    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "Only these tables.")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Jobs pipeline;

    TablesCommand(Jobs pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Integer call() {
        List<Table> tables = names.isEmpty()
                ? Catalog.tables()
                : names.stream().map(TablesCommand::find).toList();
        spec.commandLine().getOut().print(jobs ? graph().flowchart("landing", "published") : render(tables));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private String render(List<Table> tables) {
        if (!markdown) {
            return Dictionary.text(tables);
        }
        return Dictionary.markdown(tables) + (names.isEmpty() ? graph().markdown() : "");
    }

    private JobGraph graph() {
        return pipeline.graph(Configuration.load(null, List.of()));
    }

    private static Table find(String name) {
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
