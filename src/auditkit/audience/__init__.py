"""What each reader may see: how exactly a visit's time, whether its shopper, which words, and which of them masked."""
