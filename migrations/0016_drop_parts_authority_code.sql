-- No list filters parts by their authority, so nothing reads this index; a large import had to build it all the same.
-- A short exclusive lock on parts.
drop index parts_authority_code;
