using System.Diagnostics;
using System.Management.Automation;
using AlmaPurge.Core.Steps;

namespace AlmaPurge.Pipeline;

/// <summary>Shows progress for what lasts over two seconds, at most four times a second. Pipeline thread only.</summary>
internal sealed class ProgressDisplay
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Cmdlet _cmdlet;
    private readonly int _activityId;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _due = s_silence;
    private string? _shownActivity;

    public ProgressDisplay(Cmdlet cmdlet, int activityId)
    {
        _cmdlet = cmdlet;
        _activityId = activityId;
    }

    /// <summary>The same for a cmdlet in every session, never 0, which scripts use, and its own among ours.</summary>
    public static int ActivityIdOf(string cmdletName)
    {
        int id = 17;
        foreach (char letter in cmdletName)
        {
            id = unchecked((id * 31) + char.ToUpperInvariant(letter));
        }

        return (id & 0x3FFFFFFF) | 1;
    }

    public TimeSpan DueIn() => _due - _clock.Elapsed;

    public void Show(StepProgress progress)
    {
        _due = _clock.Elapsed + s_interval;
        _shownActivity = progress.Activity;
        _cmdlet.WriteProgress(ToRecord(progress));
    }

    /// <summary>Takes the bar away, if one was shown.</summary>
    public void Complete()
    {
        if (_shownActivity is null)
        {
            return;
        }

        ProgressRecord record = new(_activityId, _shownActivity, " ") { RecordType = ProgressRecordType.Completed };
        _shownActivity = null;
        try
        {
            _cmdlet.WriteProgress(record);
        }
        catch (PipelineStoppedException)
        {
            // Nothing may be written any more; the host clears its bars by itself after a stop.
        }
    }

    private ProgressRecord ToRecord(StepProgress progress)
    {
        string count = progress.Total is { } all ? $"{progress.Done:N0} of {all:N0}" : $"{progress.Done:N0}";
        string status = progress.Status.Length == 0 ? count : $"{count}, {progress.Status}";
        ProgressRecord record = new(_activityId, progress.Activity, status);
        if (progress.Total is > 0 and long total && progress.Done >= 0)
        {
            double part = Math.Min(1, (double)progress.Done / total);
            record.PercentComplete = (int)(part * 100);
            if (progress.Done > 0)
            {
                record.SecondsRemaining = (int)Math.Min(
                    int.MaxValue, _clock.Elapsed.TotalSeconds * (1 - part) / part);
            }
        }

        return record;
    }
}
