using AlmaPurge.Core.Runs;

namespace AlmaPurge.Guards;

internal sealed partial class PipelineGuard
{
    /// <summary>The place of one cmdlet in its pipeline.</summary>
    internal sealed class Place
    {
        private readonly PipelineGuard _guard;

        public Place(PipelineGuard guard, string name, CommandIntent intent, bool isUpstreamWhatIf)
        {
            _guard = guard;
            Name = name;
            Intent = intent;
            IsUpstreamWhatIf = isUpstreamWhatIf;
        }

        public string Name { get; }

        public CommandIntent Intent { get; }

        public bool IsWhatIf => Intent.IsWhatIf;

        public bool IsUpstreamWhatIf { get; }

        /// <summary>The run that comes down the pipeline is made by this cmdlet and has the common criteria only.</summary>
        public bool StartsOwnRun { get; set; }

        /// <summary>The patrons that come down the pipeline keep their own user group.</summary>
        public bool KeepsUserGroup { get; set; }

        /// <summary>
        /// What the cmdlet wants of the run, asked by whichever cmdlet of the pipeline has the run first: so that a later
        /// one can refuse it before an earlier one has changed anything.
        /// </summary>
        public Action<PurgeCriteria>? RunDemand { get; set; }

        /// <summary>The cmdlets of ours before this one in the pipeline.</summary>
        public IEnumerable<Place> Earlier => Pipeline?.Places.TakeWhile(p => p != this) ?? [];

        public bool ActsForReal => Intent.SupportsShouldProcess && !IsWhatIf && !IsUpstreamWhatIf;

        /// <summary>The first record has come: the pipeline is complete.</summary>
        public void Close()
        {
            Pipeline? pipeline = Pipeline;
            if (pipeline is not null)
            {
                pipeline.IsOpen = false;
            }
        }

        public void Leave()
        {
            lock (_guard._pipelines)
            {
                if (Pipeline?.Remove(this) == true)
                {
                    _guard._pipelines.Remove(Pipeline);
                }

                Pipeline = null;
            }
        }

        internal Pipeline? Pipeline { get; set; }
    }

    /// <summary>One pipeline, as far as it consists of cmdlets of ours.</summary>
    internal sealed class Pipeline(int length)
    {
        public int Length { get; } = length;

        public int LastPosition { get; private set; }

        public bool IsOpen { get; set; } = true;

        public List<Place> Places { get; } = [];

        public void Add(Place place, int position)
        {
            place.Pipeline = this;
            Places.Add(place);
            LastPosition = position;
        }

        public bool Remove(Place place)
        {
            Places.Remove(place);
            return Places.Count == 0;
        }
    }
}
