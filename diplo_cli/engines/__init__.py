"""Engines that keep and search an index; each library is imported only when its engine is opened."""
