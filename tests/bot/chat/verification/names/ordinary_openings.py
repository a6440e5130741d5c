"""Sentences that open with ordinary words."""

from __future__ import annotations

ORDINARY = """\
Laying the cable took a while
Part of the manor was destroyed
Dogs were saved from the fire
News of the wedding did not reach her
Whoever draws a red card may move
Brass was the poorest conductor
Rabbits may be kept in the yard
Ash and compost were never mixed
Certain sceptics took no side
Revenue from the levy fell short
Allowing for its age, nothing is left
Staying away is not permitted
Reducing the paperwork was its purpose
Petty offences do not suffice
Losing asylum has other reasons
Early on, the balance will get worse
Documented costs may be taken out
Dissolution demands a larger margin
Naval vessels have to announce it
Machine washing is allowed
False alarms occur with it
Putting a lecture online is forbidden
Worn pads are not covered
Forgetting to announce it is punished
Fitting the filter did not help
Viewed from the front, the keys are on the right
Unpeeled eggs last longer
Raw eggs can be stored
Removing the shell shortens the time
Riding a bicycle is prohibited
Higher temperatures make it worse
Lack of flour makes it slower
Gathering fruit used to be punishable
Formerly the basses were fewer
Singing did not go with it
Local people tell a story
Beekeeping on the plots depends on leave
Dried in hay, the plant is less bitter
Northern houses have turf on them
Late in the evening the train leaves
Away from the paths it is banned
Coming first is of no use
Looking after the garden is paid for
Altering the rules calls for support
Nursing mothers are not required to stop
Weaker bones are a possible result
Burial is required for the core
Domestic noise is named as a source
Calm animals barked at it
Switching off the power costs the file
Staff other than her are unable to open it
Goods in the cellar do not survive
Water was found under the floor
Bread costs more than it did
Milk is delivered in the morning
Snow fell on the pass
Smoke filled the corridor
Steel was used for the frame
Gold is heavier than that
Copper made the bay poisonous
Oxygen does not reach the layer
Wheat was not grown there
Salt is added at the end
Money was not the reason
Music is played at night
Traffic has doubled since then
Farmers received a grant
Villagers say that it fell
Teachers must sign the list
Children under that age pay less
Women were not admitted
Workers went on strike
Students can borrow it
Tenants need not live there
Guests leave before that
Cats ignored it throughout
Birds were seen on the shore
Horses are fed twice
Fish live only in the upper part
Sheep were counted
Trees had to be felled
Houses were built of stone
Roofs are made of slate
Bridges were closed at once
Trains stop at that platform
Buses run all night
Boats must carry lamps
Tickets are sold at the gate
Books were lent for a month
Letters were burnt
Prices rose again
Taxes have gone up
Wages did not keep pace
Profits fell by half
Losses were covered by the fund
Visitors pay before they board
Members choose the head
Nobody objected to it
Everyone was invited
Anyone can join
Somebody had locked it
Nothing was stolen
Whatever remains is sold
Those without a pass are turned back
Such cases are rare
Most of it was lost
Fewer people came
Only the gate still stands
Even so, it was finished
Perhaps the wind turned
Clearly it did not work
Unfortunately the lamp broke
Originally the hall was smaller
Eventually the plan was dropped
Recently the path was mended
Normally the door is shut
Officially it never happened
Together they raised the sum
Inside the tower is a bell
Outside it was cold
Below the floor lies a vault
Thanks to the rain, the crop was saved
Contrary to the plan, it was sold
Compared with the other, it is light
Built in that year, it burned
Founded by monks, the place is old
Known for its wool, the town grew
Born in a village, she moved early
Asked about it, he was silent
Having lost, the team went home
Being late, he missed it
Using the lift is not allowed
Smoking is forbidden in the yard
Parking costs more on that day
Swimming is allowed in the bay
Fishing was banned there
Heating is included in the rent
Training lasts a month
Voting ended in the evening
Cooking with gas is cheaper
Press the switch to start it
Turn the key to the left
Unscrew the lid before cleaning
Store it in a dry place
Rinse the filter each week
Keep it away from heat
Ask the guard for a lamp
Old records cannot be opened
New rules were adopted
Heavy rain stopped the work
Cheap imports hurt the trade
Poor sleep harms the memory
Warm weather helped the crop
Strong winds closed the port
Young players train there
Foreign ships may pass
Red wine is served with it
Green light means that it is done
Access is restricted at night
Permission is given in writing
Breakfast is served until then
Interest belongs to the tenant
Evidence was found in the cellar
Doubts remain about it
Lifeguards may refuse it
Shrimps live in the lake
Interest in it grew
Leftovers go to the pigs
Nettles sting even when dry
Plasterers finished the hall
Otters breed on the bank
Turbines stand on the ridge""".splitlines()
