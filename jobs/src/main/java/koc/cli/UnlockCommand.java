package koc.cli;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import koc.error.KocException;
import koc.spark.Session;
import koc.warehouse.LockHolder;
import koc.warehouse.WarehouseLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes the lock of a warehouse whose process ended on another machine. */
@Command(
        name = "unlock",
        description = "Remove the lock of a warehouse, after its process has ended on another machine.",
        sortOptions = false)
final class UnlockCommand implements Callable<Integer> {
    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Folder of the tables.")
    private String warehouse = "";

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Config config = configuration.load();
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Session.settings(config));
        List<LockHolder> holders = WarehouseLock.holders(hadoop, warehouse);
        holders.stream().filter(LockHolder::isAlive).findFirst().ifPresent(holder -> {
            throw KocException.tryLater(
                    "warehouse " + warehouse + ": its lock is in use",
                    holder.describe() + " is running on this machine",
                    "wait until it has ended, or stop it");
        });
        PrintWriter out = spec.commandLine().getOut();
        WarehouseLock.remove(hadoop, warehouse);
        holders.forEach(holder -> out.println("removed the lock of " + holder.describe()));
        if (holders.isEmpty()) {
            out.println("no run holds the lock of " + warehouse);
        }
        out.flush();
        return 0;
    }
}
