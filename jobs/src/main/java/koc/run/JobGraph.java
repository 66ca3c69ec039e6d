package koc.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koc.warehouse.Table;

/**
 * Which job comes before which, computed from the tables that jobs declare: a job that reads a table comes after the job that
 * writes it. A table that none of the jobs writes puts no job before another.
 */
public final class JobGraph {
    private final List<Job> order;
    /** Of each job, by its name, the names of the jobs whose tables it reads, in the order of the jobs. */
    private final Map<String, List<String>> predecessors;

    private JobGraph(List<Job> order, Map<String, List<String>> predecessors) {
        this.order = List.copyOf(order);
        this.predecessors = predecessors;
    }

    /**
     * The graph of these jobs.
     *
     * @throws IllegalStateException when two jobs write one table, or jobs wait for each other
     */
    public static JobGraph of(List<? extends Job> jobs) {
        Map<Table, String> writers = writers(jobs);
        Map<String, Set<String>> waitsFor = new LinkedHashMap<>();
        for (Job job : jobs) {
            Set<String> names = job.reads().stream()
                    .flatMap(table -> Optional.ofNullable(writers.get(table)).stream())
                    .filter(Predicate.not(job.name()::equals))
                    .collect(Collectors.toCollection(TreeSet::new));
            waitsFor.put(job.name(), names);
        }
        List<Job> order = order(jobs, waitsFor);
        Map<String, List<String>> predecessors = new LinkedHashMap<>();
        for (Job job : order) {
            predecessors.put(
                    job.name(),
                    order.stream()
                            .map(Job::name)
                            .filter(waitsFor.getOrDefault(job.name(), Set.of())::contains)
                            .toList());
        }
        return new JobGraph(order, predecessors);
    }

    private static Map<Table, String> writers(List<? extends Job> jobs) {
        Map<Table, String> writers = new LinkedHashMap<>();
        for (Job job : jobs) {
            for (Table table : job.writes()) {
                String other = writers.putIfAbsent(table, job.name());
                if (other != null) {
                    throw new IllegalStateException(
                            "table " + table + " is written by two jobs, '" + other + "' and '" + job.name() + "'");
                }
            }
        }
        return writers;
    }

    /** Takes the first listed job that waits for nothing any more, again and again. */
    private static List<Job> order(List<? extends Job> jobs, Map<String, Set<String>> waitsFor) {
        List<Job> waiting = new ArrayList<>(jobs);
        List<Job> order = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!waiting.isEmpty()) {
            Job next = waiting.stream()
                    .filter(job -> done.containsAll(waitsFor.getOrDefault(job.name(), Set.of())))
                    .findFirst()
                    .orElseThrow(() -> cycle(waiting, waitsFor));
            waiting.remove(next);
            order.add(next);
            done.add(next.name());
        }
        return order;
    }

    private static IllegalStateException cycle(List<Job> waiting, Map<String, Set<String>> waitsFor) {
        return new IllegalStateException("jobs wait for each other: "
                + waiting.stream()
                        .map(job -> "'" + job.name() + "' reads what " + waitsFor.get(job.name()) + " writes")
                        .collect(Collectors.joining(", ")));
    }

    /** Every job after those whose tables it reads; jobs that are free to come in any order stay as they were listed. */
    public List<Job> order() {
        return order;
    }

    /**
     * The same jobs in groups that run one after the other. The jobs of a group read nothing of each other and run side by
     * side: a job is in the group after the last of those it waits for.
     */
    public List<List<Job>> levels() {
        Map<String, Integer> levels = new LinkedHashMap<>();
        List<List<Job>> groups = new ArrayList<>();
        for (Job job : order) {
            int level = predecessors(job.name()).stream()
                    .mapToInt(name -> levels.getOrDefault(name, 0) + 1)
                    .max()
                    .orElse(0);
            levels.put(job.name(), level);
            if (level == groups.size()) {
                groups.add(new ArrayList<>());
            }
            groups.get(level).add(job);
        }
        return groups.stream().map(List::copyOf).toList();
    }

    /**
     * The jobs as a Mermaid flowchart in Markdown. An arrow leads to a job that reads what the other writes; arrows that
     * follow from others are left out.
     *
     * @param source what the jobs without a predecessor read
     * @param target what the jobs without a successor write
     */
    public String flowchart(String source, String target) {
        StringBuilder chart = new StringBuilder("```mermaid\nflowchart LR\n");
        Set<String> withSuccessor = new HashSet<>();
        for (Job job : order) {
            List<String> direct = direct(job.name());
            withSuccessor.addAll(direct);
            if (direct.isEmpty()) {
                arrow(chart, source + "[/" + source + "/]", job.name());
            }
            direct.forEach(name -> arrow(chart, name, job.name()));
        }
        order.stream()
                .map(Job::name)
                .filter(Predicate.not(withSuccessor::contains))
                .forEach(name -> arrow(chart, name, target + "[/" + target + "/]"));
        return chart.append("```\n").toString();
    }

    private static void arrow(StringBuilder chart, String from, String to) {
        chart.append("    ").append(from).append(" --> ").append(to).append('\n');
    }

    /** The tables of every job as a section in Markdown. */
    public String markdown() {
        StringBuilder section = new StringBuilder("""

                ## Jobs

                In the order in which they run. A job that reads a table runs after the job that writes it; what it reads of
                earlier runs puts no job before another.

                | job | reads | reads of earlier runs | writes |
                | --- | --- | --- | --- |
                """);
        for (Job job : order) {
            section.append("| `%s` | %s | %s | %s |\n"
                    .formatted(job.name(), names(job.reads()), names(job.readsPrevious()), names(job.writes())));
        }
        return section.toString();
    }

    private static String names(Set<Table> tables) {
        return tables.stream().map(Table::name).sorted().collect(Collectors.joining(", "));
    }

    private List<String> predecessors(String job) {
        return predecessors.getOrDefault(job, List.of());
    }

    /** The predecessors that no other predecessor waits for. */
    private List<String> direct(String job) {
        Set<String> indirect = new HashSet<>();
        predecessors(job).forEach(name -> addAncestors(name, indirect));
        return predecessors(job).stream()
                .filter(Predicate.not(indirect::contains))
                .toList();
    }

    private void addAncestors(String job, Set<String> ancestors) {
        for (String name : predecessors(job)) {
            if (ancestors.add(name)) {
                addAncestors(name, ancestors);
            }
        }
    }
}
