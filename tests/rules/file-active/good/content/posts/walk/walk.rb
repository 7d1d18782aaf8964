print("to the mill")
