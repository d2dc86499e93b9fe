using System.Collections.Concurrent;

namespace AlmaPurge.Module.Tests.Cmdlets;

/// <summary>What the steps of the test cmdlets did, for the tests to look at afterwards.</summary>
public static class StepLog
{
    private static int s_running;

    public static ConcurrentQueue<string> Entries { get; } = new();

    /// <summary>Steps that are at work at this moment.</summary>
    public static int Running => Volatile.Read(ref s_running);

    public static ManualResetEventSlim Started { get; } = new();

    public static void Clear()
    {
        Entries.Clear();
        Started.Reset();
    }

    internal static void Enter()
    {
        Interlocked.Increment(ref s_running);
        Started.Set();
    }

    internal static void Leave(string entry)
    {
        Entries.Enqueue(entry);
        Interlocked.Decrement(ref s_running);
    }
}
