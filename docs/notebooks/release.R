#!/usr/bin/env Rscript
# Weekly counts of events by type from a release, and a plot, with R alone: no package is needed.
#
#   Rscript release.R RELEASE [PLOT.pdf]
#
# The counts are printed as CSV. Weeks begin on Monday; an event is counted where all the days that it can have been on
# are of one week. Weeks in which nothing was counted are there with 0: but look at how much was read in them
# (reports_published), as a week without reports says nothing of what happened.

given <- commandArgs(trailingOnly = TRUE)
if (length(given) < 1 || !file.exists(file.path(given[1], "release.json"))) {
  stop("name the folder of a release: Rscript release.R strikes/releases/2024.1", call. = FALSE)
}
release <- given[1]
plot_file <- if (length(given) > 1) given[2] else "release.pdf"

# An empty cell is "not stated", and never 0. Everything is read as text first, so that nothing is guessed: an id such as
# 1e5 is no number, and the country code NA is Namibia.
read_table <- function(name) {
  path <- file.path(release, "csv", paste0(name, ".csv"))
  table <- read.csv(path, colClasses = "character", na.strings = character(0), fileEncoding = "UTF-8")
  table[table == ""] <- NA
  table
}
monday <- function(day) day - (as.integer(day) + 3L) %% 7L # 1 January 1970 was a Thursday

events <- read_table("events")
reports <- read_table("reports")

first <- monday(as.Date(events$date_start))
last <- monday(as.Date(events$date_end))
known <- !is.na(first) & !is.na(last) & first == last & !is.na(events$type)
published <- monday(as.Date(reports$published_day))
if (!any(known)) stop("no event of this release has a known week", call. = FALSE)

weeks <- seq(min(first[known], published, na.rm = TRUE), max(first[known], published, na.rm = TRUE), by = "week")
labels <- format(weeks)
counts <- table(factor(format(first[known]), levels = labels), events$type[known])
read_in <- as.integer(table(factor(format(published[!is.na(published)]), levels = labels)))

long <- data.frame(
  week = rep(labels, times = ncol(counts)),
  type = rep(colnames(counts), each = length(labels)),
  events = as.integer(counts),
  reports_published = rep(read_in, times = ncol(counts))
)
write.csv(long[order(long$week, long$type), ], stdout(), row.names = FALSE, quote = FALSE)
message(sum(!known), " of ", nrow(events), " events have no known week or type, and are in no count")

pdf(plot_file, width = 8, height = 5)
colours <- hcl.colors(ncol(counts), "Dark 3")
matplot(weeks, counts, type = "b", pch = 19, lty = 1, col = colours, xaxt = "n", xlab = "Week", ylab = "Events")
axis.Date(1, weeks)
lines(weeks, read_in, type = "b", pch = 4, lty = 3)
legend("topright", c(colnames(counts), "reports published"), col = c(colours, "black"), lty = c(rep(1, ncol(counts)), 3),
       bty = "n")
invisible(dev.off())
message("the plot is in ", plot_file)
