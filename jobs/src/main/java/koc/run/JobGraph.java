package koc.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koc.warehouse.Table;

/**
 * The order of jobs, computed from the tables they declare. A job that reads a table comes after the job that writes it. A
 * table that none of these jobs writes does not affect the order.
 */
public final class JobGraph {
    private final List<Job> order;
    /** The names of the jobs whose tables a job reads, in the order of the jobs, by the name of the job. */
    private final Map<String, List<String>> predecessors;

    private JobGraph(List<Job> order, Map<String, List<String>> predecessors) {
        this.order = List.copyOf(order);
        this.predecessors = predecessors;
    }

    /**
     * Computes the graph of these jobs.
     *
     * @throws IllegalStateException if two jobs write the same table, or jobs wait for each other
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

    /** Repeatedly takes the first job in the list whose predecessors are all done. */
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

    /** All jobs, each after the jobs whose tables it reads. Otherwise jobs keep the order of the list. */
    public List<Job> order() {
        return order;
    }

    /** The names of the jobs that read what this job writes, directly or through other jobs. */
    public Set<String> successors(String job) {
        Set<String> successors = new LinkedHashSet<>();
        for (Job candidate : order) {
            Set<String> ancestors = new HashSet<>();
            addAncestors(candidate.name(), ancestors);
            if (ancestors.contains(job)) {
                successors.add(candidate.name());
            }
        }
        return successors;
    }

    /**
     * The jobs as a Mermaid flowchart in Markdown. An arrow leads from the job that writes a table to a job that reads it.
     * Arrows that follow from others are left out.
     *
     * @param source the input of the jobs without a predecessor
     * @param target the output of the jobs without a successor
     */
    public String flowchart(String source, String target) {
        StringBuilder chart = new StringBuilder("```mermaid\nflowchart LR\n");
        Set<String> jobsWithSuccessor = new HashSet<>();
        for (Job job : order) {
            List<String> direct = directPredecessors(job.name());
            jobsWithSuccessor.addAll(direct);
            if (direct.isEmpty()) {
                appendArrow(chart, source + "[/" + source + "/]", job.name());
            }
            direct.forEach(name -> appendArrow(chart, name, job.name()));
        }
        order.stream()
                .map(Job::name)
                .filter(Predicate.not(jobsWithSuccessor::contains))
                .forEach(name -> appendArrow(chart, name, target + "[/" + target + "/]"));
        return chart.append("```\n").toString();
    }

    private static void appendArrow(StringBuilder chart, String from, String to) {
        chart.append("    ").append(from).append(" --> ").append(to).append('\n');
    }

    /** A section in Markdown with the tables of every job. */
    public String markdown() {
        StringBuilder section = new StringBuilder("""

                ## Jobs

                In the order in which they run. A job that reads a table runs after the job that writes it. Tables of
                earlier runs do not affect the order.

                | job | reads | reads from earlier runs | writes |
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

    /**
     * The names of the jobs that must have run right before this one: those whose tables it reads, without those that one of
     * the others needs. They are the arrows of the flowchart.
     */
    public List<String> directPredecessors(String job) {
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
