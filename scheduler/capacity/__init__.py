"""What a cadence costs a manager, and whether it fits into their week: `costs.team_cost` is the way in.

selection.py which managers are asked about · what_if.py how often and how long, as the policy has it or as somebody asks ·
hours.py hours a week, now and asked for · freed.py the team's time as it is without their present 1-2-1s ·
fitting.py whether all of them find a time in it · practice.py what a span is like, by those who are good at this ·
costs.py one team's numbers · results.py what is said, and its totals.
"""
