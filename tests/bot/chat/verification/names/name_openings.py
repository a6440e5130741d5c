"""Sentences that open with names."""

from __future__ import annotations

NAMES = """\
Smith was elected
Norwick has two bridges
Apple sold more
James won the race
Thomas left the house
Jones refused to resign
Mary founded the club
Jane met the mayor
Paul signed the treaty
Peter lost the case
Johnson did not answer
Williams scored twice
Taylor wrote the book
Wilson resigned
Baker denied it
Carter is the treasurer
Parker led until the bridge
Hunter was dismissed
Fleming discovered it
Harding was re-elected
Manning played well
Hastings lies on the coast
Banks won the vote
Woods lost by a point
Rivers was arrested
Parks refused to stand
Brooks wrote it
Wells is a small town
Stevens said so
Edwards left
Roberts and her team won
Hughes paid for it
Davies came first
Rose sold the house
Lily inherited it
Grace won the prize
Victor moved out
Frank paid the fee
Mark was late
Bill left the firm
Jack owns the mill
King was re-elected
Bishop scored a goal
Knight took the bench
Potter sold it
Cooper bought the estate
Walker lives there
Turner painted it
Hill resigned at once
Brown wrote the report
Black was fined
White won
Young was promoted
Grant led the army
Ford built the plant
Google bought the firm
Microsoft denied the claim
Amazon opened a depot
Tesla cut the price
Boeing won the contract
Siemens built the trains
Shell drilled there
Oracle sued them
Intel closed the plant
Nokia made the phone
Airbus delivered it
Sony sold the unit
Novartis makes the drug
Windows crashed
Minecraft was sold
Velorin must not be taken
Paris hosted the games
Brussels rejected it
Athens was burned
Berlin paid half of it
Bristol has a port
Reading won the match
Bath was bombed
Leeds has a mint
Texas joined later
Kansas voted against it
Tokyo was chosen
Beijing objected
Oslo lies at the fjord
Kovel is the last stop
Lagos grew quickly
Ahmed opened a shop
Mohammed wrote it
Alfred burned the cakes
Wilfred left early
Sophie married him
Emily kept the letters
Kelly took the job
Sally found the key
Dr. Orrin left the ship
Professor Orrin left
President Orrin signed it
Captain Orrin was rescued
Lake Orrin is deeper
Queen Ilsabet reigned longer
St. Orrin's is old
Okafor addressed the meeting
Tanaka won the prize
Brenner left poems
Lindqvist grew
Zorvan and Quillane met there
Anselm was older
Casper outlived them
Elena was crowned
Kibet led the race
Haile ran faster
Porter was decorated
Osei measured it
Merkel resigned
Obama visited the town
Marx was wrong
Einstein disagreed
Darwin wrote to him
Napoleon lost the battle
Smith's house burned
NATO sent observers
Mars is smaller
Bordeaux exports wine
Uber raised the fare
Netflix cancelled it""".splitlines()
