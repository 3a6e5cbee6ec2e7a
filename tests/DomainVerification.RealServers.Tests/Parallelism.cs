// The six classes mostly wait for other processes, so more of them run at the same time than there may be cores.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
