"""The page of the cluster programmes: when, how much, where, who took part, and two ministries."""
