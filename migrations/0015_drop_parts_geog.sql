-- Near parts are found by a box of degrees and then by their distance, so nothing reads the index of geographies any
-- more; building it took half of the time of a large import. A short exclusive lock on parts.
drop index parts_geog;
