"""What hosts and servers have to be told about a published site, in the words of each.

`model` knows what is to be said: headers, how long to keep what, which addresses lead elsewhere. Every other module says it
for one kind of host. Nothing here touches the world.
"""
