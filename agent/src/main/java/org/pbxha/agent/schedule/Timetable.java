// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.quartz.CronScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/** Runs named tasks at the times that cron expressions give; one run of a task at a time, a missed run is not made up. */
public final class Timetable implements AutoCloseable {
    private static final String TASK = "task";

    private final Scheduler scheduler;

    /** A timetable that has nothing to do yet. */
    public Timetable() throws SchedulerException {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "schedule");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        this.scheduler = new StdSchedulerFactory(properties).getScheduler();
    }

    /**
     * Adds a task.
     *
     * @param cron a Quartz cron expression, seconds first
     * @throws SchedulerException when the name is taken or the expression never fires
     */
    public void add(String name, String cron, Runnable task) throws SchedulerException {
        JobDataMap data = new JobDataMap();
        data.put(TASK, task);
        scheduler.scheduleJob(
                JobBuilder.newJob(Task.class)
                        .withIdentity(JobKey.jobKey(name))
                        .usingJobData(data)
                        .build(),
                TriggerBuilder.newTrigger()
                        .withIdentity(name)
                        .withSchedule(CronScheduleBuilder.cronSchedule(cron).withMisfireHandlingInstructionDoNothing())
                        .build());
    }

    /** When this task runs next; empty for a name without a schedule. */
    public Optional<Instant> next(String name) throws SchedulerException {
        Trigger trigger = scheduler.getTrigger(TriggerKey.triggerKey(name));
        return Optional.ofNullable(trigger).map(Trigger::getNextFireTime).map(Date::toInstant);
    }

    /** Starts the clock. */
    public void start() throws SchedulerException {
        scheduler.start();
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(false);
    }

    /** How Quartz wants it: a class with a public constructor. */
    @DisallowConcurrentExecution
    public static final class Task implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Objects.requireNonNull((Runnable) context.getMergedJobDataMap().get(TASK))
                    .run();
        }
    }
}
