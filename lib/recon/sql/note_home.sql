-- $1 organizer: the number of the place where its books stand, noted if it is new.
SELECT passa_note_home($1) AS seq
