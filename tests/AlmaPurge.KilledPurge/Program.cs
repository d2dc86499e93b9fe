using System.Globalization;
using AlmaPurge;
using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Runs;
using AlmaPurge.KilledPurge;

// address, key, folder of runs, route or Undo, ids (comma list), when (before, after, never), number of the change,
// whether with pseudonyms
Uri address = new(args[0]);
using DyingHandler handler = new(args[5], int.Parse(args[6], CultureInfo.InvariantCulture));
using AlmaSession session = await CanonicalSession.ConnectAsync(address, args[1], handler).ConfigureAwait(false);
PurgeRun run = CanonicalSession.NewRun(args[2], args[4].Split(','), bool.Parse(args[7]));
CanonicalSession canonical = new(session, new QuietReporter());
IReadOnlyList<object> results = args[3] == "Undo"
    ? await canonical.UndoAsync(run).ConfigureAwait(false)
    : await canonical.RunAsync(run, Enum.Parse<AlmaPurgeRoute>(args[3])).ConfigureAwait(false);
foreach (object result in results)
{
    Console.WriteLine(result);
}
